using AiDub.Api.Contracts;
using AiDub.Jobs.Dubbing;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Controllers;

/// <summary>Takes dubs in.</summary>
[Route("ai_dub")]
public sealed class SubmitController(DubIntake intake) : JsonController
{
    /// <summary>Submits a video to be dubbed.</summary>
    /// <remarks>
    /// Answers at once, before any dubbing has begun; poll `/ai_dub/progress` with the `request_id`.
    /// A refused request leaves nothing behind. When several fields are wrong, `msg` and `msg_code` are those of the first in the order
    /// `source_video_url`, `user_id`, `project_id`, `to_lang`, `from_lang`, `voices`, and `errors` lists them all.
    /// </remarks>
    /// <param name="request">What to dub, and into which language.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The dub was accepted.</response>
    /// <response code="400">A field is missing or wrong, or the body is not a JSON object.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="413">The body is larger than 16 KB.</response>
    /// <response code="415">The body was not sent as application/json.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">Something that the service depends on does not answer; try again later.</response>
    [HttpPost]
    [ProducesResponseType<SubmitResponse>(StatusCodes.Status200OK)]
    public async Task<ActionResult<SubmitResponse>> SubmitAsync([FromBody] SubmitRequest request, CancellationToken ct)
    {
        var order = request.ToOrder(Guid.NewGuid());
        await intake.AcceptAsync(order, ct);
        return SubmitResponse.Accepted(order.RequestId);
    }
}
