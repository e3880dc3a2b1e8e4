using AiDub.Api.Errors;
using AiDub.Api.Wire;
using AiDub.Domain.Languages;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Voices;

/// <summary>Which voices are asked for.</summary>
internal record VoicesRequest
{
    /// <summary>The language as a BCP 47 tag; a region is followed where the engine knows it.</summary>
    [FromQuery(Name = "to_lang")]
    public string? ToLang { get; init; }

    /// <summary>Reads the language.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public ErrorBody? TryRead(out LanguageTag tag)
    {
        tag = null!;
        if (string.IsNullOrWhiteSpace(ToLang))
            return Refusal.Of(ErrorCodes.ToLangMissing, "to lang is missing");
        return LanguageTag.TryParse(ToLang, out tag)
            ? null
            : Refusal.Of(ErrorCodes.ToLangInvalid, "to lang is not a language of ISO 639-1");
    }
}

/// <summary>Which voice is to be heard, with which words.</summary>
internal sealed record VoicePreviewRequest : VoicesRequest
{
    /// <summary>The voice by the engine's own name, one of the language's voices; absent: its first.</summary>
    [FromQuery(Name = "voice")]
    public string? Voice { get; init; }

    /// <summary>
    /// What it is to say, at most <c>Voices:PreviewCharacters</c> (200) characters; absent: the language's name and a few numbers.
    /// </summary>
    [FromQuery(Name = "text")]
    public string? Text { get; init; }
}
