namespace AiDub.Domain.Timing;

/// <summary>Sets of instants, as intervals [start, end) in seconds that are in order and do not touch.</summary>
internal static class TimeSet
{
    /// <summary>The union of intervals in any order.</summary>
    public static IReadOnlyList<(double Start, double End)> Of(IEnumerable<(double Start, double End)> intervals)
    {
        var merged = new List<(double Start, double End)>();
        foreach (var (start, end) in intervals.OrderBy(i => i.Start))
        {
            if (merged.Count > 0 && start <= merged[^1].End)
                merged[^1] = (merged[^1].Start, Math.Max(end, merged[^1].End));
            else
                merged.Add((start, end));
        }

        return merged;
    }

    /// <summary>How long a set lasts, in seconds.</summary>
    public static double Seconds(IEnumerable<(double Start, double End)> set) => set.Sum(i => i.End - i.Start);
}
