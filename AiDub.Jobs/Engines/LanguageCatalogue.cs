using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines;

/// <summary>What can be dubbed, and by which engines.</summary>
/// <param name="Sources">The languages that can be recognised, in order.</param>
/// <param name="Targets">The languages that can be dubbed into, in order.</param>
public sealed record LanguageCatalogue(IReadOnlyList<SourceLanguage> Sources, IReadOnlyList<TargetLanguage> Targets);

/// <summary>A language that can be recognised.</summary>
/// <param name="Code">ISO 639-1.</param>
/// <param name="Recognizers">The engines that do, in order of preference.</param>
public sealed record SourceLanguage(string Code, IReadOnlyList<string> Recognizers);

/// <summary>A language that can be dubbed into.</summary>
/// <param name="Code">ISO 639-1.</param>
/// <param name="From">The source languages that it can be dubbed from, in order.</param>
/// <param name="Synthesizers">The engines that speak it, in order of preference.</param>
public sealed record TargetLanguage(string Code, IReadOnlyList<TranslationOffer> From, IReadOnlyList<string> Synthesizers);

/// <summary>How a source language becomes the target.</summary>
/// <param name="Code">The source language as ISO 639-1.</param>
/// <param name="Translators">The engines that translate, in order of preference; none when it is the target itself.</param>
/// <param name="Quality">That of the first of them.</param>
public sealed record TranslationOffer(string Code, IReadOnlyList<string> Translators, TranslationQuality Quality);
