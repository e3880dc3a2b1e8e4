using System.Diagnostics;
using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Http;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Progress;

/// <summary>Tells how far dubs are, and delivers the finished ones.</summary>
[Route("ai_dub/progress")]
public sealed class ProgressController(ProgressReader reader, PublicAddress address) : JsonController
{
    /// <summary>Polls a dub.</summary>
    /// <remarks>
    /// A running dub answers its stage and percent. A complete one answers the final response exactly once: the read deletes the progress,
    /// so the next poll gets 404. A failed one answers 500 with `msg_code` `Progress API Error` at every poll.
    /// </remarks>
    /// <param name="request">Which dub, and whose.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">How far the dub is, or, once, the final response.</response>
    /// <response code="400">The request id or the user id is missing, or the body is not a JSON object.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="404">This user has no such dub: it is unknown, another user's, or already delivered.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="413">The body is larger than 16 KB.</response>
    /// <response code="415">The body was not sent as application/json.</response>
    /// <response code="429">Too many requests; `Retry-After` says in how many seconds to ask again.</response>
    /// <response code="500">The dub failed (`Progress API Error`), or something went wrong on the server (`internal_error`).</response>
    /// <response code="503">
    /// Something that the service depends on does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    [HttpPost]
    [ProducesResponseType<RunningAnswer>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> PollAsync([FromBody] ProgressRequest request, CancellationToken ct)
    {
        if (!Guid.TryParseExact(request.RequestId.Value, "D", out var requestId))
            return NoSuchDub();
        return await reader.ReadAsync(UserId, requestId, address.Of(Request), ct) switch
        {
            ProgressOutcome.NotFound => NoSuchDub(),
            ProgressOutcome.Running running => Ok(running.Answer),
            ProgressOutcome.Complete complete => Ok(complete.Answer),
            ProgressOutcome.Failed failed => Error(StatusCodes.Status500InternalServerError, ErrorCodes.DubFailed, failed.Msg, failed.Code),
            _ => throw new UnreachableException(),
        };
    }

    private static ObjectResult NoSuchDub() =>
        Error(StatusCodes.Status404NotFound, ErrorCodes.ProgressNotFound, "this user has no such dub, or it was already delivered");

    private static ObjectResult Error(int status, string code, string msg, string? errorCode = null) =>
        new ErrorBody { Status = status, MsgCode = code, Msg = msg, ErrorCode = errorCode }.ToResult();
}
