namespace AiDub.Domain.Timing;

/// <summary>What every fitter asks of its items.</summary>
internal static class FitItems
{
    /// <summary>Refuses items that are out of order or have no length.</summary>
    /// <exception cref="ArgumentException">They are, or the video has no length.</exception>
    public static void Require(IReadOnlyList<FitItem> items, double videoSeconds)
    {
        if (!(videoSeconds > 0))
            throw new ArgumentException("The video has no length.", nameof(videoSeconds));
        for (var i = 0; i < items.Count; i++)
        {
            if (!(items[i].SpeechSeconds > 0) || !(items[i].End > items[i].Start) || !(items[i].Start >= 0))
                throw new ArgumentException($"Segment {items[i].Index} has no length.", nameof(items));
            if (i > 0 && items[i].Start < items[i - 1].Start)
                throw new ArgumentException($"Segment {items[i].Index} is out of order.", nameof(items));
        }
    }
}
