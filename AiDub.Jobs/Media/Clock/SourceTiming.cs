using AiDub.Jobs.Media.Probing;

namespace AiDub.Jobs.Media.Clock;

/// <summary>Where a source begins on its clock and how long it lasts.</summary>
/// <param name="Start">The stamp of its first moment, in seconds; null: as its header says.</param>
/// <param name="Seconds">How long it lasts.</param>
/// <param name="Laid">What was read of its packets, and what was done; null when they were not read.</param>
internal sealed record SourceTiming(double? Start, double Seconds, LaidClock? Laid)
{
    // What encoders add at the ends, and edit lists take away from them.
    private const double Rounding = 0.5;

    // By how much the length of a recording that began late may be rounded up.
    private const double Late = 1;

    /// <summary>
    /// Weighs what a header says against what the packets say; pure. AVI and NUT have nothing that takes away from their ends: where
    /// they state less than there is, the packets are right, as where an index is lost and the length was guessed.
    /// </summary>
    /// <param name="format">The header.</param>
    /// <param name="stated">The length that it states, from the first moment; null when it states none that can be believed.</param>
    /// <param name="laid">What the packets say.</param>
    public static SourceTiming Of(ProbedFormat format, double? stated, LaidClock laid)
    {
        var clock = laid.Clock;
        if (laid.Copied is not null)
            return new SourceTiming(null, clock.Seconds, laid);
        double? start = Math.Abs((format.Start ?? clock.Start) - clock.Start) > Rounding ? clock.Start : null;
        var isBelieved = IsBelieved(format, stated, clock) && !((format.Is("avi") || format.Is("nut")) && stated < clock.Seconds);
        return new SourceTiming(start, isBelieved ? stated!.Value : clock.Seconds, laid);
    }

    /// <summary>
    /// How much a header promises; null when what it states is the clock's doing: that of a source laid anew, or the hour at which one
    /// began.
    /// </summary>
    /// <param name="stated">The length that it states; null when it states none that can be believed.</param>
    /// <param name="laid">What the packets say.</param>
    public static double? Promised(double? stated, LaidClock laid) =>
        laid.Copied is not null || CountsItsStart(stated, laid.Clock) ? null : stated;

    private static bool CountsItsStart(double? stated, SourceClock clock) =>
        clock.Start > Rounding && stated >= clock.Start && stated < clock.Start + clock.SecondsOfAll + Late;

    // Of joined recordings a header knows the first; of one that began at an hour it may count the hour. An index lists what there should
    // be, but the length beside it may be anything. Broadcasts and program streams have no header: what is stated of them are the stamps of
    // their last packets, not when these end.
    private static bool IsBelieved(ProbedFormat format, double? stated, SourceClock clock) =>
        !format.Is("mpegts") && !format.Is("mpeg") && stated > clock.Seconds - Rounding && stated < clock.MostSeconds
            && (stated < clock.SecondsOfAll + Rounding || HasIndex(format));

    private static bool HasIndex(ProbedFormat format) => format.Is("mov") || format.Is("matroska");
}
