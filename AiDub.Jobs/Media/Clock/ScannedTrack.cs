namespace AiDub.Jobs.Media.Clock;

/// <summary>What is known of one stream while its packets are read.</summary>
/// <param name="leads">Whether its clock counts: sound and picture. Subtitles only follow.</param>
/// <param name="leap">How far a stamp may be from its neighbours', in seconds.</param>
internal sealed class ScannedTrack(bool leads, double leap)
{
    public bool Leads => leads;

    public long Packets { get; set; }

    /// <summary>Its stretches of one clock each, in order.</summary>
    public List<Stretch> Stretches { get; } = [];

    public int Piece => Stretches.Count == 0 ? 0 : Stretches[^1].Piece;

    /// <summary>The stamp of the last packet on the clock that it has; null before the first one.</summary>
    public double? At { get; set; }

    /// <summary>When the next packet is due on the clock that it has; null before the first one.</summary>
    public double? Due { get; set; }

    /// <summary>A packet that does not fit, until the next one says whether it begins a new clock or is damaged.</summary>
    public (SourcePacket Packet, long Number)? Suspect { get; set; }

    /// <summary>What tells damaged stamps from others.</summary>
    public StampSieve Sieve { get; } = new(leap);

    /// <summary>Packets whose stamps nothing bears out.</summary>
    public List<DamagedStamp> Damaged { get; } = [];

    public void Join(int piece, long packet)
    {
        if (Stretches.Count == 0 || piece != Piece)
            Stretches.Add(new Stretch(piece, packet));
        (At, Due) = (null, null);
    }

    /// <summary>A run of packets of one clock.</summary>
    public sealed class Stretch(int piece, long firstPacket)
    {
        public int Piece => piece;

        public long FirstPacket => firstPacket;

        public double Start { get; set; } = double.PositiveInfinity;

        public double End { get; set; } = double.NegativeInfinity;
    }
}

/// <summary>A packet whose stamp is damaged, among others whose stamps are right.</summary>
/// <param name="Packet">Its number in its stream, from 0.</param>
/// <param name="Piece">The clock of its neighbours.</param>
/// <param name="Due">When it was due on that clock, in seconds.</param>
internal readonly record struct DamagedStamp(long Packet, int Piece, double Due);
