namespace AiDub.Api.Estimates;

/// <summary>What a dub would take and cost.</summary>
internal sealed record EstimateAnswer
{
    /// <summary>How long the source lasts, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>For how long somebody speaks in it, in seconds; judged by loudness where Silero VAD is not there.</summary>
    public required double SpeechSeconds { get; init; }

    /// <summary>Segments that would be spoken, about.</summary>
    public required int Segments { get; init; }

    /// <summary>Characters that would be translated and spoken, about: 14 a second of speech.</summary>
    public required long Characters { get; init; }

    /// <summary>
    /// Seconds of work: 3, and the duration times the median pace of the last 20 dubs, whichever process made them (0.6 before there are
    /// any). Of several languages all together, at most: what is heard in the source is found out once for all.
    /// </summary>
    public required double ExpectedSeconds { get; init; }

    /// <summary>Seconds before that begins: dubs that wait, times what one takes on average, by the workers of all processes.</summary>
    public required double QueueSeconds { get; init; }

    /// <summary>What the engines would cost, by the prices that are configured; null when none has one.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public required CostAnswer? Cost { get; init; }

    /// <summary>
    /// The engines that would do it, by what they do: <c>recognizer</c>, <c>translator</c>, <c>synthesizer</c>; of several languages those
    /// of the first.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Engines { get; init; }

    /// <summary>Each language by itself, in the order in which they were asked for; absent when one was.</summary>
    public IReadOnlyList<LanguageEstimate>? Languages { get; init; }
}

/// <summary>What one of several languages would take and cost.</summary>
/// <param name="ToLang">The language as ISO 639-1.</param>
/// <param name="ExpectedSeconds">Seconds of work, as if it were the only one.</param>
/// <param name="Cost">What its translation and its speech cost, without recognition, which all share; absent without prices.</param>
/// <param name="Engines">The engines that would do it.</param>
internal sealed record LanguageEstimate(
    string ToLang, double ExpectedSeconds, CostAnswer? Cost, IReadOnlyDictionary<string, string> Engines);

/// <summary>What engines would cost.</summary>
/// <param name="Currency">Of the amounts.</param>
/// <param name="Amount">All together.</param>
/// <param name="ByEngine">Of each engine that has a price.</param>
internal sealed record CostAnswer(string Currency, decimal Amount, IReadOnlyDictionary<string, decimal> ByEngine);
