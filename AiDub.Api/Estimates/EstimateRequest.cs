using AiDub.Api.Errors;
using AiDub.Api.Wire;
using AiDub.Domain.Languages;
using AiDub.Domain.Media;
using AiDub.Domain.Sources;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Estimates;

/// <summary>Which dub is to be estimated.</summary>
internal sealed record EstimateRequest
{
    /// <summary>The video's address, percent-encoded as a part of a query is.</summary>
    [FromQuery(Name = "source_video_url")]
    public string? SourceVideoUrl { get; init; }

    /// <summary>The language to dub into as a BCP 47 tag, or up to 20 with commas between them.</summary>
    [FromQuery(Name = "to_lang")]
    public string? ToLang { get; init; }

    /// <summary>The spoken language as a BCP 47 tag; absent: it is detected, and English is taken for the engines.</summary>
    [FromQuery(Name = "from_lang")]
    public string? FromLang { get; init; }

    /// <summary>The audio track to dub: its number among the audio tracks, from 0, or a language; absent: it is chosen.</summary>
    [FromQuery(Name = "source_audio")]
    public string? SourceAudio { get; init; }

    /// <summary>Reads the request.</summary>
    /// <param name="asked">What is to be estimated; null when a field is wrong.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public ErrorBody? TryRead(out EstimatedDub? asked)
    {
        asked = null;
        if (string.IsNullOrWhiteSpace(SourceVideoUrl))
            return Refusal.Of(ErrorCodes.SourceVideoUrlMissing, "source video url is missing");
        if (!SourceUrl.TryParse(SourceVideoUrl, out _) && !S3Url.TryParse(SourceVideoUrl, out _))
            return Refusal.Of(ErrorCodes.SourceVideoUrlInvalid, "source video url is not an http, https or s3://bucket/key address");
        if (string.IsNullOrWhiteSpace(ToLang))
            return Refusal.Of(ErrorCodes.ToLangMissing, "to lang is missing");
        var to = new List<string>();
        foreach (var sent in ToLang.Split(','))
        {
            if (!LanguageTag.TryParse(sent.Trim(), out var tag))
                return Refusal.Of(ErrorCodes.ToLangInvalid, "to lang is not a language of ISO 639-1");
            if (!to.Contains(tag.Language))
                to.Add(tag.Language);
        }
        if (to.Count > SentLanguages.MaxCount)
            return Refusal.Of(ErrorCodes.ToLangInvalid, $"to lang has more than {SentLanguages.MaxCount} languages");
        LanguageTag? from = null;
        if (!string.IsNullOrWhiteSpace(FromLang))
        {
            if (!LanguageTag.TryParse(FromLang, out var said))
                return Refusal.Of(ErrorCodes.FromLangInvalid, "from lang is not a language of ISO 639-1");
            from = said;
        }
        var track = string.IsNullOrWhiteSpace(SourceAudio) ? null : SourceAudio.Trim();
        if (track is not null && !AudioTracks.CanAsk(track))
            return Refusal.Of(ErrorCodes.SourceAudioInvalid, SentTrack.Rule);
        asked = new EstimatedDub(SourceVideoUrl, from?.Language, to, track);
        return null;
    }
}

/// <summary>A dub that is to be estimated.</summary>
/// <param name="Address">The source's address, as it was sent.</param>
/// <param name="From">The spoken language as ISO 639-1; null: it is not named.</param>
/// <param name="To">The languages to dub into as ISO 639-1, each once; at least one.</param>
/// <param name="SourceAudio">The audio track, by number or language; null: it is chosen.</param>
internal sealed record EstimatedDub(string Address, string? From, IReadOnlyList<string> To, string? SourceAudio);
