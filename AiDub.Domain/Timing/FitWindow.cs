namespace AiDub.Domain.Timing;

/// <summary>When a segment may start, spoken at the fastest.</summary>
/// <param name="Earliest">The first time, in seconds.</param>
/// <param name="Latest">The last time, in seconds, inclusive; before <paramref name="Earliest"/> where there is no room for it at
/// all.</param>
/// <param name="Length">How long it lasts, in seconds.</param>
internal readonly record struct FitWindow(double Earliest, double Latest, double Length)
{
    /// <summary>The window of an item at a tempo; at the fastest where none is named.</summary>
    public static FitWindow Of(FitItem item, double videoSeconds, FitLimits limits, double? tempo = null)
    {
        var length = item.SpeechSeconds / (tempo ?? limits.MaxTempoAtEnd);
        var latest = item.Start < videoSeconds
            ? Math.Min(item.Start + limits.MostLateSeconds, videoSeconds - length)
            : double.NegativeInfinity;
        return new FitWindow(Math.Max(0, item.Start - limits.MostEarlySeconds), latest, length);
    }
}
