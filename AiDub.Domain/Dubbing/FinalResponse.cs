using AiDub.Domain.Errors;

namespace AiDub.Domain.Dubbing;

/// <summary>What a finished dub is: the object keys of its files and what is to be known of it.</summary>
/// <remarks>Keys, not addresses, are stored: signed addresses are made when they are read.</remarks>
public sealed record FinalResponse
{
    /// <summary>The key of the dubbed video (of the dubbed audio when the source had no picture).</summary>
    public required string ResultKey { get; init; }

    /// <summary>The key of the SubRip subtitles of the translation.</summary>
    public required string SrtKey { get; init; }

    /// <summary>The key of the WebVTT subtitles of the translation.</summary>
    public required string VttKey { get; init; }

    /// <summary>
    /// The spoken language of the source as ISO 639-1; <c>und</c> when the user gave the translation and not the language.
    /// </summary>
    public required string FromLang { get; init; }

    /// <summary>How long the result lasts, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>What was degraded on the way; empty when nothing was.</summary>
    public required IReadOnlyList<DubWarning> Warnings { get; init; }

    /// <summary>What was measured on the way.</summary>
    public required DubReport Report { get; init; }

    /// <summary>
    /// The steps that made it, and where what they made lies; null in records of versions whose keys follow from the dub's id.
    /// </summary>
    public IReadOnlyList<StepRecord>? Steps { get; init; }
}
