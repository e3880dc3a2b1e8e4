namespace AiDub.Domain.Timing;

/// <summary>Places speech on the picture's time, all segments together.</summary>
/// <remarks>
/// The plan of least cost (<see cref="FitCost"/>) among all that keep to <see cref="FitLimits"/>: starts on a grid of 25 ms around the
/// original's, tempos on a grid of 2.5 %. It is found exactly, by dynamic programming over the segments (Bellman 1957; the states of a
/// segment are its start and tempo, and only neighbours constrain each other). Where no such plan exists, <see cref="WindowFitter"/> makes
/// one of what may be published at most, and where that does not exist either, <see cref="SegmentChoice"/> says what is left out.
/// </remarks>
public static class SpeechFitter
{
    /// <summary>The step between starts that are tried, in seconds.</summary>
    internal const double StartStep = 0.025;

    /// <summary>The step between tempos that are tried.</summary>
    internal const double TempoStep = 0.025;

    private const double Epsilon = 1e-9;

    /// <summary>
    /// The placement of every item, but of those that there is no room for: nothing overlaps, is cut, or passes the video's end.
    /// </summary>
    /// <param name="items">In order of start.</param>
    /// <param name="videoSeconds">How long the video lasts; more than 0.</param>
    /// <param name="limits">How far speech may be bent.</param>
    /// <exception cref="ArgumentException">Items are out of order, or a length is not positive.</exception>
    public static FitPlan Fit(IReadOnlyList<FitItem> items, double videoSeconds, FitLimits limits)
    {
        FitItems.Require(items, videoSeconds);
        if (items.Count == 0)
            return new FitPlan([], false);
        if (Whole(items, videoSeconds, limits) is { } whole)
            return whole;
        var kept = SegmentChoice.Most(items, videoSeconds, limits);
        var plan = kept.Count == 0 ? new FitPlan([], false) : Whole(kept, videoSeconds, limits);
        return plan! with { LeftOut = [.. items.Except(kept)] };
    }

    private static FitPlan? Whole(IReadOnlyList<FitItem> items, double videoSeconds, FitLimits limits) =>
        Plan(items, videoSeconds, limits, limits.MaxTempo)
        ?? Plan(items, videoSeconds, limits, limits.MaxTempoAtEnd)
        ?? WindowFitter.Fit(items, videoSeconds, limits);

    private static FitPlan? Plan(IReadOnlyList<FitItem> items, double videoSeconds, FitLimits limits, double maxTempo)
    {
        var tempos = Grid(limits.MinTempo, maxTempo, TempoStep);
        var shifts = Grid(-limits.MaxEarlySeconds, limits.MaxLateSeconds, StartStep);
        var trellis = new FitTrellis(items, videoSeconds, limits, shifts, tempos);
        if (trellis.Cheapest() is not { } path)
            return null;
        var placed = items.Zip(path, (item, state) => new Placement(
            item.Index,
            item.Start + state.Shift,
            item.SpeechSeconds / state.Tempo,
            state.Tempo,
            item.Start,
            item.End)).ToList();
        return new FitPlan(placed, placed.Any(p => p.Tempo > limits.MaxTempo + Epsilon));
    }

    private static double[] Grid(double from, double to, double step) =>
        [.. Enumerable.Range(0, (int)Math.Round((to - from) / step) + 1).Select(i => Math.Round(from + i * step, 6))];
}
