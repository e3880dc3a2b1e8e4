namespace AiDub.Jobs.Media.Clock;

/// <summary>What the packets of a source say of its time.</summary>
public sealed record SourceClock
{
    // A film's last picture may stand for a while; a length of more than this times what there is, and so many seconds, was never measured.
    private const double MostTimes = 2;
    private const double MostMoreSeconds = 60;

    /// <summary>The stamp of the first sound or picture, in seconds.</summary>
    public required double Start { get; init; }

    /// <summary>How long picture and sound last together, in seconds, once every clock goes on where the last one ended.</summary>
    public required double Seconds { get; init; }

    /// <summary>The same with subtitles, which may outlast both.</summary>
    public required double SecondsOfAll { get; init; }

    /// <summary>How long, in seconds, a source may be said to be that has this much picture and sound.</summary>
    public double MostSeconds => (Seconds * MostTimes) + MostMoreSeconds;

    /// <summary>Whether subtitles go on for longer than any source that has this much picture and sound.</summary>
    public bool SubtitlesOutlast => SecondsOfAll > MostSeconds;

    /// <summary>When the streams begin and end, in seconds from where the source begins, by their index.</summary>
    public required IReadOnlyDictionary<int, StreamSpan> Streams { get; init; }

    /// <summary>By how much the stamps of each stream are to be moved, from which packet on; empty where one offset does for all.</summary>
    public required IReadOnlyDictionary<int, IReadOnlyList<ClockShift>> Shifts { get; init; }

    /// <summary>Packets whose own stamps are damaged and the ones to give them, by the index of their stream; each in order.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<LaidStamp>> Stamps { get; init; } = new Dictionary<int, IReadOnlyList<LaidStamp>>();

    /// <summary>Where a new clock begins, in seconds from where the source begins.</summary>
    public required IReadOnlyList<double> Breaks { get; init; }

    /// <summary>
    /// Whether the packets of sound and picture say how long they last, all but one, which may have broken off; else streams end later than
    /// they seem to, as those of Monkey's Audio and of Speex in WAV.
    /// </summary>
    public bool KnowsEnds { get; init; }

    /// <summary>Whether one offset does not put it right.</summary>
    public bool IsBroken => Shifts.Count > 0;
}

/// <summary>When a stream begins and ends.</summary>
/// <param name="First">When its first packet begins, in seconds from where the source begins.</param>
/// <param name="Last">When its last packet ends.</param>
/// <param name="Packets">How many packets it has.</param>
public readonly record struct StreamSpan(double First, double Last, long Packets);

/// <summary>What is added to the stamps of a stream.</summary>
/// <param name="FromPacket">The first packet that it holds for, counted from 0.</param>
/// <param name="Seconds">What is added.</param>
public readonly record struct ClockShift(long FromPacket, double Seconds);

/// <summary>A stamp that takes the place of a damaged one.</summary>
/// <param name="Packet">The packet, counted from 0.</param>
/// <param name="Seconds">When it is decoded and shown, in seconds from where the source begins.</param>
public readonly record struct LaidStamp(long Packet, double Seconds);
