using AiDub.Api.Contracts;
using AiDub.Jobs.Dubbing;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Controllers;

/// <summary>Takes dubs in.</summary>
[Route("ai_dub")]
public sealed class SubmitController(DubSubmissions submissions) : JsonController
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
    /// `source_video_url`, `user_id`, `project_id`, `to_lang`, `from_lang`, `voices`, `transcript`, `translation`, and `errors` lists them all.
    /// </remarks>
    /// <param name="request">What to dub, and into which language.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The dub was accepted.</response>
    /// <response code="400">A field is missing or wrong, or the body is not a JSON object.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
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
        var orders = request.ToOrders(Guid.NewGuid(), UserId);
        await submissions.AcceptAsync(orders, request.Texts(orders[0]), ct);
        return request.ToLang.IsList ? SubmitResponse.Accepted(orders) : SubmitResponse.Accepted(orders[0].RequestId);
    }
}
