namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Tells damaged stamps of one stream from a clock that was set: after a few damaged packets the old clock goes on as if they had been
/// right. One damaged stamp of a broadcast may be that of several packets, which were counted from it.
/// </summary>
/// <param name="leap">How far a stamp may be from what was due, in seconds; farther, it is held back until those after it tell.</param>
internal sealed class StampSieve(double leap)
{
    // What one stamp of a broadcast stands for, at most: well over half a second of sound.
    private const int MostRun = 32;

    // Of pictures that stand for long it is said at once, for what is held is not known to those who look for a break.
    private const double MostSeconds = 3;

    private readonly List<SiftedPacket> _held = [];
    private double? _due;

    /// <summary>Whether there are packets of which it is not known yet what they are.</summary>
    public bool IsHolding => _held.Count > 0;

    /// <summary>Takes the next packet, and hands out those of which it is known what they are, in order.</summary>
    public IReadOnlyList<SiftedPacket> Take(SiftedPacket packet)
    {
        if (_held.Count == 0 && IsDue(packet, _due))
            return Passed([packet]);
        var due = _due;
        foreach (var held in _held)
            due += held.Packet.Duration;

        // It is not due after those that are held as well: after a gap what is stored may only be faster than it says.
        if (_held.Count > 0 && IsDue(packet, due) && !IsDue(packet, _held[^1].At + _held[^1].Packet.Duration))
        {
            List<SiftedPacket> known = [.. Damaged(), packet];
            _held.Clear();
            return Passed(known);
        }
        _held.Add(packet);
        return _held.Count > MostRun || due + packet.Packet.Duration - _due > MostSeconds ? Rest() : [];
    }

    /// <summary>Hands out what is held: it is as it says.</summary>
    public IReadOnlyList<SiftedPacket> Rest()
    {
        List<SiftedPacket> all = [.. _held];
        _held.Clear();
        _due = null;
        return all.Count == 0 ? all : Passed(all);
    }

    private List<SiftedPacket> Passed(List<SiftedPacket> packets)
    {
        foreach (var (packet, _, at, _) in packets)
            _due = at + packet.Duration;
        return packets;
    }

    // Each where it was due.
    private IEnumerable<SiftedPacket> Damaged()
    {
        var due = _due!.Value;
        foreach (var held in _held)
        {
            yield return held with { At = due, IsDamaged = true };
            due += held.Packet.Duration;
        }
    }

    private bool IsDue(SiftedPacket packet, double? due) => due is null || Math.Abs(packet.At - due.Value) <= leap;
}

/// <summary>A packet of which it is known whether its stamp is damaged.</summary>
/// <param name="Packet">The packet as it came.</param>
/// <param name="Number">Its number in its stream, from 0.</param>
/// <param name="At">Its stamp in seconds; where that is damaged, when it was due.</param>
/// <param name="IsDamaged">Whether it is.</param>
internal readonly record struct SiftedPacket(SourcePacket Packet, long Number, double At, bool IsDamaged = false);
