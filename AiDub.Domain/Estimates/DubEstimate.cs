using AiDub.Domain.Speech;

namespace AiDub.Domain.Estimates;

/// <summary>What is found out of a source before it is dubbed.</summary>
/// <param name="DurationSeconds">How long it lasts.</param>
/// <param name="SpeechSeconds">For how long somebody speaks in it.</param>
/// <param name="Segments">Stretches of speech between silences.</param>
public sealed record SourceMeasure(double DurationSeconds, double SpeechSeconds, int Segments)
{
    /// <summary>The measure of a source.</summary>
    /// <param name="durationSeconds">How long it lasts.</param>
    /// <param name="speech">Where somebody speaks; what <see cref="SpeechSplitter"/> found where nothing else can tell.</param>
    public static SourceMeasure Of(double durationSeconds, IReadOnlyList<AudioSpan> speech) =>
        new(durationSeconds, Math.Min(durationSeconds, speech.Sum(s => s.End - s.Start)), speech.Count);
}

/// <summary>How long dubs take, and what they cost, before they are made; pure.</summary>
public static class DubEstimate
{
    /// <summary>Characters that are said in a second of speech: 150 words a minute of 5.6 characters with their space.</summary>
    public const double CharactersPerSecond = 14;

    /// <summary>
    /// Seconds of work a second of source where no dub was made yet: 0.3 of recognition on one core, and as much for all the rest.
    /// </summary>
    public const double DefaultPace = 0.6;

    /// <summary>Seconds that a dub takes however short it is.</summary>
    public const double LeastSeconds = 3;

    /// <summary>Characters of the transcript: speech seconds × <see cref="CharactersPerSecond"/>.</summary>
    public static long Characters(SourceMeasure source) => (long)Math.Round(source.SpeechSeconds * CharactersPerSecond);

    /// <summary>
    /// Seconds that the dub takes once it is worked on: <see cref="LeastSeconds"/> + duration × the median pace of recent dubs.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="paces">Seconds of work a second of source, of recent dubs; empty when there are none.</param>
    public static double ExpectedSeconds(SourceMeasure source, IReadOnlyList<double> paces) =>
        LeastSeconds + (source.DurationSeconds * Pace(paces));

    /// <summary>Seconds until a worker is free: dubs that wait × what one takes on average ÷ how many are worked on at once.</summary>
    /// <param name="waiting">Dubs that no worker holds.</param>
    /// <param name="typicalSeconds">What a dub takes on average; null when none was made: a minute.</param>
    /// <param name="workers">How many dubs are worked on at once; 1 or more.</param>
    public static double QueueSeconds(int waiting, double? typicalSeconds, int workers) =>
        waiting * (typicalSeconds ?? 60) / Math.Max(1, workers);

    /// <summary>
    /// What an engine costs: speech minutes × the price of one + characters ÷ 1 000 000 × the price of a million; null without a price.
    /// </summary>
    public static decimal? Cost(EnginePrice price, double speechSeconds, long characters) =>
        price is { PerMinute: null, PerMillionCharacters: null }
            ? null
            : Math.Round(
                ((decimal)speechSeconds / 60 * (price.PerMinute ?? 0)) + (characters / 1_000_000m * (price.PerMillionCharacters ?? 0)), 6);

    private static double Pace(IReadOnlyList<double> paces)
    {
        if (paces.Count == 0)
            return DefaultPace;
        var sorted = paces.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

/// <summary>What an engine is paid.</summary>
/// <param name="PerMinute">For a minute of speech; null for nothing.</param>
/// <param name="PerMillionCharacters">For a million characters of text; null for nothing.</param>
public sealed record EnginePrice(decimal? PerMinute, decimal? PerMillionCharacters);
