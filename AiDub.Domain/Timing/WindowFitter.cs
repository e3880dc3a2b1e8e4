namespace AiDub.Domain.Timing;

/// <summary>
/// Places speech that fits only at the edges of what is published: each segment within its window, all as slow as that allows.
/// </summary>
/// <remarks>
/// The lowest tempo at which there is a plan is found by halving; then every segment slows down into the room that is left after it.
/// </remarks>
internal static class WindowFitter
{
    private const int Halvings = 30;
    private const double Epsilon = 1e-9;

    /// <summary>The plan, or null when there is none within the limits.</summary>
    /// <param name="items">In order of start.</param>
    /// <param name="videoSeconds">How long the video lasts; more than 0.</param>
    /// <param name="limits">How far speech may be bent.</param>
    public static FitPlan? Fit(IReadOnlyList<FitItem> items, double videoSeconds, FitLimits limits)
    {
        var (low, high) = (limits.MaxTempo, limits.MaxTempoAtEnd);
        if (Starts(items, videoSeconds, limits, high) is not { } starts)
            return null;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (Starts(items, videoSeconds, limits, middle) is { } slower)
                (high, starts) = (middle, slower);
            else
                low = middle;
        }

        var placed = items.Select((item, i) =>
        {
            var end = i + 1 < items.Count ? starts[i + 1] : videoSeconds;
            var tempo = Math.Clamp(item.SpeechSeconds / (end - starts[i]), 1, high);
            return new Placement(item.Index, starts[i], item.SpeechSeconds / tempo, tempo, item.Start, item.End);
        }).ToList();
        return new FitPlan(placed, placed.Any(p => p.Tempo > limits.MaxTempo + Epsilon));
    }

    // Each as near to the original as what comes after it allows; null when one cannot start within its window.
    private static double[]? Starts(IReadOnlyList<FitItem> items, double videoSeconds, FitLimits limits, double tempo)
    {
        var windows = items.Select(item => FitWindow.Of(item, videoSeconds, limits, tempo)).ToList();
        var latest = new double[items.Count];
        for (var i = items.Count - 1; i >= 0; i--)
            latest[i] = i + 1 < items.Count ? Math.Min(windows[i].Latest, latest[i + 1] - windows[i].Length) : windows[i].Latest;

        var (starts, floor) = (new double[items.Count], 0.0);
        for (var i = 0; i < items.Count; i++)
        {
            starts[i] = Math.Max(Math.Max(floor, windows[i].Earliest), Math.Min(items[i].Start, latest[i]));
            if (starts[i] > latest[i] + Epsilon)
                return null;
            floor = starts[i] + windows[i].Length;
        }
        return starts;
    }
}
