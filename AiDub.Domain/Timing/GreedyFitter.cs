namespace AiDub.Domain.Timing;

/// <summary>Places speech one segment after the other: the plan of last resort, which always exists.</summary>
/// <remarks>
/// A segment starts where the original started. Speech longer than its slot borrows the silence up to the next segment,
/// then is sped up to <see cref="FitLimits.MaxTempo"/>; what still does not fit moves the next one later. Only speech that
/// would run past the end of the video goes faster than that, and, beyond <see cref="FitLimits.MaxTempoAtEnd"/>, starts earlier.
/// </remarks>
internal static class GreedyFitter
{
    // Rounding of 1 ns a segment must not count as running past the end.
    private const double Epsilon = 1e-9;

    /// <summary>The placement of every item.</summary>
    /// <param name="items">In order of start.</param>
    /// <param name="videoSeconds">How long the video lasts; more than 0.</param>
    /// <param name="limits">How far speech may be bent.</param>
    /// <exception cref="ArgumentException">Items are out of order, or a length is not positive.</exception>
    public static FitPlan Fit(IReadOnlyList<FitItem> items, double videoSeconds, FitLimits limits)
    {
        FitItems.Require(items, videoSeconds);
        if (items.Count == 0)
            return new FitPlan([], false);

        var placed = PlaceForward(items, 0, 0, limits.MaxTempo, limits.MinGapSeconds, videoSeconds);
        if (placed[^1].End <= videoSeconds + Epsilon)
            return Plan(placed, limits);

        var late = FirstOfLateChain(placed);
        var floor = late == 0 ? 0 : placed[late - 1].End;
        var hurried = HurryChain(items, late, floor, limits, videoSeconds);
        placed = [.. placed.Take(late), .. hurried];
        if (placed[^1].End > videoSeconds + Epsilon)
            placed = PullBack(placed, videoSeconds);
        return Plan(placed, limits);
    }

    private static FitPlan Plan(IReadOnlyList<Placement> placed, FitLimits limits) =>
        new(placed, placed.Any(p => p.Tempo > limits.MaxTempo + Epsilon));

    private static List<Placement> PlaceForward(
        IReadOnlyList<FitItem> items, int from, double floor, double maxTempo, double gap, double videoSeconds)
    {
        var placed = new List<Placement>(items.Count - from);
        for (var i = from; i < items.Count; i++)
        {
            var item = items[i];
            var start = Math.Max(item.Start, floor);
            var limit = i + 1 < items.Count ? Math.Max(item.End, items[i + 1].Start - gap) : videoSeconds;
            var room = limit - start;
            var tempo = room <= 0 ? maxTempo : Math.Clamp(item.SpeechSeconds / room, 1, maxTempo);
            var length = item.SpeechSeconds / tempo;
            placed.Add(new Placement(item.Index, start, length, tempo, item.Start, item.End));
            floor = start + length;
        }

        return placed;
    }

    // The segments that the last one's lateness comes from: back to the last one that starts on time.
    private static int FirstOfLateChain(List<Placement> placed)
    {
        var first = placed.Count - 1;
        while (first > 0 && placed[first].StartError > Epsilon)
            first--;
        return first;
    }

    // The slowest tempo limit at which the chain ends with the video; the limit at the end when none does.
    private static List<Placement> HurryChain(
        IReadOnlyList<FitItem> items, int from, double floor, FitLimits limits, double videoSeconds)
    {
        var (low, high) = (limits.MaxTempo, Math.Max(limits.MaxTempo, limits.MaxTempoAtEnd));
        var best = PlaceForward(items, from, floor, high, 0, videoSeconds);
        if (best[^1].End > videoSeconds + Epsilon)
            return best;
        for (var i = 0; i < 40; i++)
        {
            var middle = (low + high) / 2;
            var tried = PlaceForward(items, from, floor, middle, 0, videoSeconds);
            if (tried[^1].End <= videoSeconds + Epsilon)
                (high, best) = (middle, tried);
            else
                low = middle;
        }

        return best;
    }

    // From the end backwards, each segment starts as much earlier as the one after it needs.
    private static List<Placement> PullBack(List<Placement> placed, double videoSeconds)
    {
        var ceiling = videoSeconds;
        var result = placed.ToList();
        for (var i = result.Count - 1; i >= 0 && result[i].End > ceiling + Epsilon; i--)
        {
            result[i] = result[i] with { Start = ceiling - result[i].Length };
            ceiling = result[i].Start;
        }

        return result[0].Start >= 0 ? result : Squeeze(result, videoSeconds);
    }

    // More speech than the video can hold: everything at one tempo, back to back.
    private static List<Placement> Squeeze(List<Placement> placed, double videoSeconds)
    {
        var factor = placed.Sum(p => p.Length) / videoSeconds;
        var at = 0.0;
        var result = new List<Placement>(placed.Count);
        foreach (var p in placed)
        {
            result.Add(p with { Start = at, Length = p.Length / factor, Tempo = p.Tempo * factor });
            at += p.Length / factor;
        }

        return result;
    }
}
