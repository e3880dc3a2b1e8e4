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
internal sealed class ProgressController(ProgressReader reader, PublicUrl address) : JsonController
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
    /// <response code="404">This user has no such dub: it is unknown, another user's, or already delivered.</response>
    /// <response code="500">The dub failed (`Progress API Error`), or something went wrong on the server (`internal_error`).</response>
    [HttpPost(Name = "getProgress")]
    [ServiceFilter<RunningPoll>(IsReusable = true, Order = int.MinValue)]
    [ProducesResponseType<RunningAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> PollAsync([FromBody] ProgressRequest request, CancellationToken ct)
    {
        if (!Guid.TryParseExact(request.RequestId.Value, "D", out var requestId))
            return NoSuchDub.ToResult();
        return await reader.ReadAsync(UserId, requestId, () => address.Of(Request), ct) switch
        {
            ProgressOutcome.NotFound => NoSuchDub.ToResult(),
            ProgressOutcome.Running running => Running(Response, running),
            ProgressOutcome.Complete complete => Ok(complete.Answer),
            ProgressOutcome.Failed failed => DubErrors.Failed(failed.Msg, failed.Code).ToResult(),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The answer to a poll of a dub that runs.</summary>
    internal static WrittenAnswer Running(HttpResponse response, ProgressOutcome.Running running)
    {
        response.Headers.RetryAfter = running.RetryAfter;
        return new WrittenAnswer(running.Json);
    }

    /// <summary>There is no such dub to be polled.</summary>
    internal static ErrorBody NoSuchDub { get; } =
        Refusal.Of(ErrorCodes.ProgressNotFound, "this user has no such dub, or it was already delivered");
}
