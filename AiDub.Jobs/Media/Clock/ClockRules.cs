namespace AiDub.Jobs.Media.Clock;

/// <summary>How far the stamps of a container are to be believed.</summary>
/// <param name="MostGap">
/// The longest jump forward of all streams together, in seconds, that is time in which nothing was recorded; a longer one is a clock that
/// was set.
/// </param>
/// <param name="HasDecodingTimes">Whether the container stores when packets are decoded; else ffmpeg guesses, and wrongly after a
/// restart.</param>
public sealed record ClockRules(double MostGap, bool HasDecodingTimes)
{
    // What ffmpeg and the players that are built on it take for a new clock in a broadcast.
    private const double BroadcastGap = 10;
    private const double RecordingGap = 60;

    private static readonly HashSet<string> Counted = ["wav", "w64", "aiff", "au", "caf", "ape", "wv", "tta", "mpc", "mpc8", "amr", "dv"];
    private static readonly HashSet<string> Presented = ["matroska", "webm", "nut", "ogg"];
    private static readonly HashSet<string> Recorded = ["matroska", "webm", "nut", "mov", "avi", "mxf"];

    /// <summary>No break is looked for: every time is one that somebody wrote down, as in the tables of an MP4.</summary>
    public static ClockRules Tables { get; } = new(double.PositiveInfinity, true);

    /// <summary>The rules for a container.</summary>
    /// <param name="format">Its names, as ffprobe gives them: <c>matroska,webm</c>.</param>
    /// <param name="isFragmented">Whether it is an MP4 of fragments, each of which has a time of its own.</param>
    public static ClockRules Of(string format, bool isFragmented)
    {
        var names = format.Split(',');
        if (names.Contains("mov") && !isFragmented)
            return Tables;
        return new ClockRules(names.Any(Recorded.Contains) ? RecordingGap : BroadcastGap, !names.Any(Presented.Contains));
    }

    /// <summary>
    /// Whether a stamp waits for its neighbours to bear it out; not where pictures are stored out of order: what is due next is not known
    /// there.
    /// </summary>
    internal bool HoldsStamps => HasDecodingTimes && !double.IsPositiveInfinity(MostGap);

    /// <summary>The time by which the clock of a packet is read, in seconds; null without one.</summary>
    internal double? At(SourcePacket packet) => HasDecodingTimes ? packet.Dts ?? packet.Pts : packet.Start;

    /// <summary>Whether a container has no stamps at all: its times are counted from its samples, so that none can be wrong.</summary>
    public static bool AreCounted(string format) => format.Split(',').Any(Counted.Contains);
}
