using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Speech;

namespace AiDub.Domain.Ports;

/// <summary>Turns text into another language.</summary>
public interface ITranslator
{
    /// <summary>The engine's name, as <c>Engines:Translator</c> and the report spell it.</summary>
    string Name { get; }

    /// <summary>The languages that <paramref name="from"/> can be translated into, as ISO 639-1; empty when there are none.</summary>
    Task<IReadOnlySet<string>> TargetsAsync(string from, CancellationToken ct);

    /// <summary>Whether <see cref="TranslationRequest.Seconds"/> makes its texts shorter or longer.</summary>
    bool KeepsToLength => false;

    /// <summary>
    /// How good its translations from one language into another are, both as ISO 639-1; only asked for what <see cref="TargetsAsync"/>
    /// offers.
    /// </summary>
    Task<TranslationQuality> QualityAsync(string from, string to, CancellationToken ct) => Task.FromResult(TranslationQuality.Standard);

    /// <summary>Translates every text on its own.</summary>
    Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct);
}

/// <summary>What to translate.</summary>
/// <param name="From">The language of the texts as ISO 639-1.</param>
/// <param name="To">The language wanted as ISO 639-1.</param>
/// <param name="Texts">One or more sentences each.</param>
public sealed record TranslationRequest(string From, string To, IReadOnlyList<string> Texts)
{
    /// <summary>The region whose usage is wanted, as <see cref="LanguageTag.Region"/>; engines that know none of it ignore it.</summary>
    public string? Region { get; init; }

    /// <summary>Where finished parts are kept and what is spent is counted.</summary>
    public IEngineLedger Ledger { get; init; } = NoLedger.Instance;

    /// <summary>
    /// How long each text was spoken for, in seconds, so that its translation can be as long; null when it does not matter.
    /// </summary>
    public IReadOnlyList<double>? Seconds { get; init; }
}

/// <summary>What a translator made.</summary>
/// <param name="Texts">As many as were asked for, in the same order.</param>
/// <param name="Route">The languages on the way, ends included: <c>en, es, pt</c>.</param>
public sealed record TranslatedTexts(IReadOnlyList<string> Texts, IReadOnlyList<string> Route)
{
    /// <summary>How good it is: that of the worst part of the route.</summary>
    public TranslationQuality Quality { get; init; } = TranslationQuality.Standard;

    /// <summary>What the user should know of the translation.</summary>
    public IReadOnlyList<DubWarning> Warnings { get; init; } = [];
}
