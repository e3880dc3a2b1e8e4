using AiDub.Api.Contracts;
using AiDub.Jobs.Dubbing;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Controllers;

/// <summary>Takes dubs in.</summary>
[Route("ai_dub")]
public sealed class SubmitController(DubSubmissions submissions, PublicAddress address) : JsonController
{
    /// <summary>The longest request that is read, in bytes: it may hold two subtitle files.</summary>
    public const int MaxRequestBytes = 512 * 1024;

    /// <summary>Submits a video to be dubbed.</summary>
    /// <remarks>
    /// Answers at once, before any dubbing has begun; poll `/ai_dub/progress` with the `request_id`.
    /// `transcript` and `translation` take the text of a SubRip or WebVTT file, or its address, in place of recognition and translation. A text that
    /// cannot be read is refused with the line that is wrong; a file at an address is read later, and fails the dub with the same codes.
    /// `to_lang` takes a list of languages too: `request_ids` then names the dub of each, and `request_id` the first. One that is wrong refuses them all.
    /// A refused request leaves nothing behind. When several fields are wrong, `msg` and `msg_code` are those of the first in the order
    /// `source_video_url`, `user_id`, `project_id`, `to_lang`, `from_lang`, `voices`, `transcript`, `translation`, `callback_url`, and `errors` lists them all.
    /// `callback_url` is posted to when the dub has ended, again for up to 24 hours until it answers 2xx (410: never again): the final response with
    /// `"event":"dub.complete"`, or the error with `"event":"dub.failed"`, `request_id`, `user_id`, `project_id` and `to_lang`. Repetitions carry the same
    /// `AiDub-Event-Id`. `AiDub-Signature: t=SECONDS,v1=HEX` holds the HMAC-SHA256 of `t.body` with `Callbacks:SigningKey`.
    /// </remarks>
    /// <param name="request">What to dub, and into which language.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The dub was accepted.</response>
    /// <response code="400">A field is missing or wrong, or the body is not a JSON object.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="413">The body is larger than 512 KB.</response>
    /// <response code="415">The body was not sent as application/json.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">Something that the service depends on does not answer; try again later.</response>
    [HttpPost]
    [RequestSizeLimit(MaxRequestBytes)]
    [ProducesResponseType<SubmitResponse>(StatusCodes.Status200OK)]
    public async Task<ActionResult<SubmitResponse>> SubmitAsync([FromBody] SubmitRequest request, CancellationToken ct)
    {
        var callback = request.ToCallback(address.Of(Request));
        var orders = request.ToOrders(Guid.NewGuid()).Select(order => order with { Callback = callback }).ToList();
        await submissions.AcceptAsync(orders, request.Texts(orders[0]), ct);
        return request.ToLang.IsList ? SubmitResponse.Accepted(orders) : SubmitResponse.Accepted(orders[0].RequestId);
    }
}
