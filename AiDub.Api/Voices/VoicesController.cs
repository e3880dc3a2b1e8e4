using System.Diagnostics;
using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Limits;
using AiDub.Domain.Errors;
using AiDub.Jobs.Engines;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Voices;

/// <summary>Tells which voices there are, and lets them be heard.</summary>
[Route("ai_dub/voices")]
internal sealed class VoicesController(Synthesizers synthesizers, VoicePreviews previews) : UserController
{
    private const string Wav = "audio/wav";

    /// <summary>Lists the voices that a language can be spoken by.</summary>
    /// <response code="200">The voices of the engine that speaks the language here.</response>
    /// <response code="400">The language is missing, none, or one that no engine speaks, or the user id is missing or wrong.</response>
    [HttpGet(Name = "listVoices")]
    public async Task<ActionResult<VoicesAnswer>> ListAsync([FromQuery] VoicesRequest request, CancellationToken ct)
    {
        if (request.TryRead(out var tag) is { } wrong)
            return wrong.ToResult();
        if (await synthesizers.ForAsync(tag.Language, ct) is not { } engine)
            return VoiceErrors.NoEngine.ToResult();
        return new VoicesAnswer
        {
            ToLang = tag.Language,
            Engine = engine.Name,
            Voices = [.. (await engine.VoicesAsync(tag.Language, tag.Region, ct)).DistinctBy(v => v.Name).Select(VoiceAnswer.Of)],
        };
    }

    /// <summary>Speaks a short text in a voice, to hear it before a dub is made.</summary>
    /// <remarks>
    /// The same text in the same voice is spoken once and remembered (`Voices:CacheBytes`). It counts as a submission does for rate limits,
    /// and few are spoken at a time for one user (`Voices:MaxPerUser`).
    /// </remarks>
    /// <response code="200">The speech as a WAV file.</response>
    /// <response code="400">A field is missing or wrong.</response>
    /// <response code="429">Too many requests, or too many voices at a time (`too_many_previews`).</response>
    [HttpGet("preview", Name = "previewVoice")]
    [BeginsWork]
    [ProducesResponseType<FileContentResult>(StatusCodes.Status200OK, Wav)]
    public async Task<IActionResult> PreviewAsync([FromQuery] VoicePreviewRequest request, CancellationToken ct)
    {
        if (request.TryRead(out var tag) is { } wrong)
            return wrong.ToResult();
        var voice = string.IsNullOrWhiteSpace(request.Voice) ? null : request.Voice.Trim();
        try
        {
            return await previews.SpeakAsync(UserId, tag, voice, request.Text, ct) switch
            {
                PreviewOutcome.Spoken spoken => File(spoken.Wav, Wav),
                PreviewOutcome.NoEngine => VoiceErrors.NoEngine.ToResult(),
                PreviewOutcome.NoVoice => VoiceErrors.NoVoice.ToResult(),
                PreviewOutcome.BadText => VoiceErrors.BadText.ToResult(),
                PreviewOutcome.TooMany => VoiceErrors.TooMany.ToResult(),
                _ => throw new UnreachableException(),
            };
        }
        catch (PermanentDubException e) when (e.Code == FailureCode.VoiceUnknown)
        {
            return VoiceErrors.NoVoice.ToResult();
        }
    }
}
