namespace AiDub.Domain.Timing;

/// <summary>Chooses what is spoken where not everything can be: as much as there is room for within <see cref="FitLimits"/>.</summary>
/// <remarks>
/// Speech at its fastest, in the order of the original, each segment within its window: a single machine with release times and deadlines.
/// Of all choices the one that leaves out the least speech is found by dynamic programming over the segments and the time at which speech
/// ends; of the ends within a step of 25 ms only the best is followed, so a plan that is told is always possible, and no other leaves out
/// noticeably less.
/// </remarks>
internal static class SegmentChoice
{
    private const double Step = 0.025;
    private const double Epsilon = 1e-9;

    /// <summary>The items that are spoken, in order.</summary>
    public static IReadOnlyList<FitItem> Most(IReadOnlyList<FitItem> items, double videoSeconds, FitLimits limits)
    {
        var ends = new List<Choice> { new(null, null, 0, 0) };
        foreach (var item in items)
        {
            var window = FitWindow.Of(item, videoSeconds, limits);
            var next = ends.ToList();
            next.AddRange(ends
                .Select(before => (Before: before, Start: Math.Max(before.End, window.Earliest)))
                .Where(place => place.Start <= window.Latest)
                .Select(place => new Choice(place.Before, item, place.Start + window.Length, place.Before.Spoken + item.SpeechSeconds)));
            ends = Best(next, window.Earliest);
        }

        var chosen = new List<FitItem>();
        for (var choice = ends.MaxBy(c => c.Spoken); choice is not null; choice = choice.Before)
        {
            if (choice.Item is { } item)
                chosen.Add(item);
        }
        chosen.Reverse();
        return chosen;
    }

    // What ends before the next window opens is equal but for how much was spoken; what ends later has to have spoken more.
    private static List<Choice> Best(List<Choice> choices, double open)
    {
        var best = new List<Choice>();
        foreach (var bucket in choices.GroupBy(c => (long)(Math.Max(c.End, open) / Step)).OrderBy(b => b.Key))
        {
            var most = bucket.OrderByDescending(c => c.Spoken).ThenBy(c => c.End).First();
            if (best.Count == 0 || most.Spoken > best[^1].Spoken + Epsilon)
                best.Add(most);
        }
        return best;
    }

    private sealed record Choice(Choice? Before, FitItem? Item, double End, double Spoken);
}
