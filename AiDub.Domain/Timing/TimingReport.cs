namespace AiDub.Domain.Timing;

/// <summary>How well the speech of a dub fits the picture. O is the original's speech, D the dub's.</summary>
public sealed record TimingReport
{
    /// <summary>The tempo up to which speech does not sound hurried: 1.15.</summary>
    public const double ComfortableTempo = 1.15;

    /// <summary>The fastest segment's tempo; 1 is the voice's own.</summary>
    public double MaxTempo { get; init; } = 1;

    /// <summary>The share of segments with a tempo of 1.15 or less, 0–1.</summary>
    public double ComfortableShare { get; init; } = 1;

    /// <summary>How far the most displaced segment starts from the original, in seconds.</summary>
    public double MaxStartErrorSeconds { get; init; }

    /// <summary>The 95th percentile of |start of D − start of O|, in seconds (nearest rank).</summary>
    public double StartErrorP95Seconds { get; init; }

    /// <summary>How long two segments of the dub sound at once, in seconds.</summary>
    public double OverlapSeconds { get; init; }

    /// <summary>|O ∩ D| ÷ |O ∪ D|, each as the set of instants at which is spoken; 1 when nobody speaks in either.</summary>
    public double SpeechOverlap { get; init; } = 1;

    /// <summary>The mean of |tempo − tempo before| ÷ tempo before over neighbours; 0 for fewer than two segments.</summary>
    public double Unevenness { get; init; }

    /// <summary>What a plan amounts to.</summary>
    public static TimingReport Of(IReadOnlyList<Placement> placed)
    {
        if (placed.Count == 0)
            return new TimingReport();
        var errors = placed.Select(p => Math.Abs(p.StartError)).Order().ToList();
        var changes = placed.Zip(placed.Skip(1), (a, b) => Math.Abs(b.Tempo - a.Tempo) / a.Tempo).ToList();
        var dub = TimeSet.Of(placed.Select(p => (p.Start, p.End)));
        var original = TimeSet.Of(placed.Select(p => (p.OriginalStart, p.OriginalEnd)));
        var both = TimeSet.Of(dub.Concat(original));
        var union = TimeSet.Seconds(both);
        return new TimingReport
        {
            MaxTempo = Round(placed.Max(p => p.Tempo)),
            ComfortableShare = Round(placed.Count(p => p.Tempo <= ComfortableTempo + 1e-9) / (double)placed.Count),
            MaxStartErrorSeconds = Round(errors[^1]),
            StartErrorP95Seconds = Round(errors[(int)Math.Ceiling(0.95 * errors.Count) - 1]),
            OverlapSeconds = Round(placed.Zip(placed.Skip(1), (a, b) => Math.Max(0, a.End - b.Start)).Sum()),
            SpeechOverlap = Round((TimeSet.Seconds(dub) + TimeSet.Seconds(original) - union) / union),
            Unevenness = Round(changes.DefaultIfEmpty(0).Average()),
        };
    }

    private static double Round(double value) => Math.Round(value, 3);
}
