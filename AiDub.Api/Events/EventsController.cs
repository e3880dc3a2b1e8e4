using AiDub.Api.Auth;
using AiDub.Api.Errors;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Events;

/// <summary>Tells how far dubs are as they go on.</summary>
[ApiController]
[Route("ai_dub/{request_id}/events")]
[ForCaller]
[ProducesResponseType<ErrorBody>(StatusCodes.Status400BadRequest, "application/json")]
[ProducesResponseType<ErrorBody>(StatusCodes.Status401Unauthorized, "application/json")]
[ProducesResponseType<ErrorBody>(StatusCodes.Status403Forbidden, "application/json")]
[ProducesResponseType<ErrorBody>(StatusCodes.Status404NotFound, "application/json")]
[ProducesResponseType<ErrorBody>(StatusCodes.Status429TooManyRequests, "application/json")]
[ProducesResponseType<ErrorBody>(StatusCodes.Status500InternalServerError, "application/json")]
[ProducesResponseType<ErrorBody>(StatusCodes.Status503ServiceUnavailable, "application/json")]
public sealed class EventsController(DubViews views, StreamSlots slots, EventStream stream) : ControllerBase
{
    /// <summary>Streams a dub's progress as server-sent events.</summary>
    /// <remarks>
    /// Events `progress` hold what a poll of a running dub answers; the last one is `complete`, with the final response, or `failed`, with
    /// the error body, and ends the stream. Nothing is deleted: a poll still delivers the final response. A client that lost its connection
    /// goes on with `Last-Event-ID`; one that has seen the end is answered 204, which tells an `EventSource` to stop. Comments keep silent
    /// connections open.
    /// </remarks>
    /// <param name="requestId">The dub.</param>
    /// <param name="userId">Who asks. With a token it may be absent, and must else be the token's.</param>
    /// <param name="lastEventId">The id of the last event that was received; an `EventSource` sends it by itself.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The events.</response>
    /// <response code="204">The end of the dub was seen already.</response>
    /// <response code="400">The user id is missing or not a whole number.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="404">This user has no such dub.</response>
    /// <response code="429">This user has too many streams open.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">
    /// Something that the service depends on does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    [HttpGet]
    [ProducesResponseType(typeof(RunningAnswer), StatusCodes.Status200OK, "text/event-stream")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE0060", Justification = "ForCaller reads it; here it is described.")]
    public async Task<IActionResult> StreamAsync(
        [FromRoute(Name = "request_id")] string requestId,
        [FromQuery(Name = "user_id")] string? userId,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        CancellationToken ct)
    {
        var user = Caller.Of(HttpContext).UserId;
        if (await views.FindAsync(user, requestId, ct) is not { } view)
            return DubErrors.NotFound.ToResult();
        var lastId = DubEvent.Parse(lastEventId);
        if (view.State != Domain.Dubbing.DubState.Running && DubEvent.IsSeen(view, lastId))
            return NoContent();
        using var slot = slots.TryTake(user);
        if (slot is null)
            return DubErrors.TooManyStreams.ToResult();
        await stream.WriteAsync(HttpContext, view, lastId);
        return new EmptyResult();
    }
}
