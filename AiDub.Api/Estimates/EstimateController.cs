using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Limits;
using AiDub.Api.Wire;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Media;
using AiDub.Domain.Sources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace AiDub.Api.Estimates;

/// <summary>Says what a dub would take before it is submitted.</summary>
[Route("ai_dub/estimate")]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE1006", Justification = "The contract's names.")]
public sealed class EstimateController(Estimator estimator) : UserController
{
    /// <summary>Estimates a dub: how much is said, how long it takes, what it costs.</summary>
    /// <remarks>
    /// The source is fetched under the rules of a submission, its loudness measured and nothing recognised; nothing of it is kept.
    /// </remarks>
    /// <param name="source_video_url">The video's address, percent-encoded as a part of a query is.</param>
    /// <param name="to_lang">The language to dub into as a BCP 47 tag.</param>
    /// <param name="from_lang">The spoken language as a BCP 47 tag; absent: it is detected, and English is taken for the engines.</param>
    /// <param name="source_audio">
    /// The audio track to dub: its number among the audio tracks, from 0, or a language; absent: it is chosen.
    /// </param>
    /// <param name="user_id">Who asks. With a token it may be absent, and must else be the token's.</param>
    /// <param name="ct">Ends the work when the client goes away.</param>
    /// <response code="200">The estimate.</response>
    /// <response code="400">
    /// A field is missing or wrong, or the source cannot be dubbed; `msg_code` is what the dub would fail with.
    /// </response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="429">Too many requests, or too many estimates at a time (`too_many_estimates`).</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">
    /// The source's server, or something that the service depends on, does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    [HttpGet]
    [EnableRateLimiting(RateLimits.Submits)]
    [ProducesResponseType<EstimateAnswer>(StatusCodes.Status200OK)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE0060", Justification = "ForCaller reads it; here it is described.")]
    public async Task<IActionResult> EstimateAsync(
        [FromQuery] string? source_video_url, [FromQuery] string? to_lang, [FromQuery] string? from_lang, [FromQuery] string? source_audio,
        [FromQuery] string? user_id, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(source_video_url))
            return Refuse(400, ErrorCodes.SourceVideoUrlMissing, "source video url is missing");
        if (!SourceAddress.TryParse(source_video_url, out _) && !S3Address.TryParse(source_video_url, out _))
            return Refuse(400, ErrorCodes.SourceVideoUrlInvalid, "source video url is not an http, https or s3://bucket/key address");
        if (string.IsNullOrWhiteSpace(to_lang))
            return Refuse(400, ErrorCodes.ToLangMissing, "to lang is missing");
        if (!LanguageTag.TryParse(to_lang, out var to))
            return Refuse(400, ErrorCodes.ToLangInvalid, "to lang is not a language of ISO 639-1");
        LanguageTag? from = null;
        if (!string.IsNullOrWhiteSpace(from_lang))
        {
            if (!LanguageTag.TryParse(from_lang, out var said))
                return Refuse(400, ErrorCodes.FromLangInvalid, "from lang is not a language of ISO 639-1");
            from = said;
        }

        var track = string.IsNullOrWhiteSpace(source_audio) ? null : source_audio.Trim();
        if (track is not null && !AudioTracks.CanAsk(track))
            return Refuse(400, ErrorCodes.SourceAudioInvalid, SentTrack.Rule);

        try
        {
            return await estimator.EstimateAsync(UserId, source_video_url, from?.Language, to.Language, track, ct) is { } estimate
                ? Ok(estimate)
                : Refuse(429, ErrorCodes.TooManyEstimates, "too many estimates at a time; wait until one is answered");
        }
        catch (PermanentDubException e)
        {
            return Refuse(400, e.Code, e.Message);
        }
    }

    private static ObjectResult Refuse(int status, string code, string msg) => new ErrorBody
    {
        Status = status,
        MsgCode = code,
        Msg = msg,
    }.ToResult();
}
