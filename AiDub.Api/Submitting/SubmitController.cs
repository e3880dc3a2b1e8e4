using System.Diagnostics;
using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Http;
using AiDub.Api.Limits;
using AiDub.Api.Views;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Submitting;

/// <summary>Takes dubs in.</summary>
[Route("ai_dub")]
internal sealed class SubmitController(Submitter submitter, PublicUrl address) : JsonController
{
    /// <summary>Submits a video to be dubbed.</summary>
    /// <remarks>
    /// Answers at once, before any dubbing has begun; poll `/ai_dub/progress` with the `request_id`. `transcript` and `translation` take
    /// the text of a subtitle file (SubRip, WebVTT, SubStation Alpha, TTML and others), or its address, in place of recognition and
    /// translation. What can be mended of it is, and is warned of as `text_repaired` with its lines; a text of which nothing can be made is
    /// refused with the line that is wrong; a file at an address is read later, and fails the dub with the same codes. `to_lang` takes a
    /// list of languages too: `request_ids` then names the dub of each, and `request_id` the first. One that is wrong refuses them all. A
    /// refused request leaves nothing behind. When several fields are wrong, `msg` and `msg_code` are those of the first in the order
    /// `source_video_url`, `user_id`, `project_id`, `to_lang`, `from_lang`, `source_audio`, `voices`, `voice_consent`, `transcript`,
    /// `translation`, `subtitles`, `callback_url`, and `errors` lists them all.
    /// `callback_url` is posted to when the dub has ended, again for up to 24 hours until it answers 2xx (410: never again): the final
    /// response with `"event":"dub.complete"`, or the error with `"event":"dub.failed"`, `request_id`, `user_id`, `project_id` and
    /// `to_lang`. It is signed as Standard Webhooks does (`webhook-id`, `webhook-timestamp`, `webhook-signature`), and repetitions carry
    /// the same `webhook-id`.
    /// </remarks>
    /// <param name="request">What to dub, and into which language.</param>
    /// <param name="idempotencyKey">
    /// 1 to 255 visible ASCII characters. A repetition with the same key and the same request is answered the same for 24 hours, and makes
    /// no second dub.
    /// </param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The dub was accepted.</response>
    /// <response code="400">A field is missing or wrong, or the body is not a JSON object.</response>
    /// <response code="413">The body is larger than 16 KB: upload the subtitle file that it holds, and send its address.</response>
    /// <response code="422">The idempotency key was sent with another request before.</response>
    /// <response code="429">Too many requests (`Retry-After` says in how many seconds to ask again), or too many dubs at a time.</response>
    /// <response code="507">
    /// As much is stored for the user as may be (`quota_exceeded`: delete dubs), or there is no room left here (`storage_full`: try again
    /// later).
    /// </response>
    [HttpPost(Name = "submitDub")]
    [BeginsWork]
    public async Task<ActionResult<SubmitResponse>> SubmitAsync(
        [FromBody] SubmitRequest request, [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey, CancellationToken ct)
    {
        if (!IdempotencyKey.TryRead(Request, out idempotencyKey))
            return IdempotencyKey.Invalid.ToResult();
        return await submitter.SubmitAsync(request, UserId, address.Of(Request), idempotencyKey, ct) switch
        {
            SubmitOutcome.Accepted accepted => Accepted(accepted.Answer),
            SubmitOutcome.KeyReused => IdempotencyKey.Reused.ToResult(),
            SubmitOutcome.Refused refused => refused.Error.ToResult(),
            _ => throw new UnreachableException(),
        };
    }

    private SubmitResponse Accepted(SubmitResponse answer)
    {
        // A path alone, so that it also holds where nobody told us by which name we are reached.
        Response.Headers.Location = $"{address.Of(Request).AbsolutePath.TrimEnd('/')}/ai_dub/{answer.RequestId}";
        Response.Headers.RetryAfter = PollPace.Soon;
        return answer;
    }
}
