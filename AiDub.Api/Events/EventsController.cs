using AiDub.Api.Auth;
using AiDub.Api.Errors;
using AiDub.Api.Views;
using AiDub.Domain.Dubbing;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Events;

/// <summary>Tells how far dubs are as they go on.</summary>
[ApiController]
[Route("ai_dub/{request_id}/events")]
[ForCaller]
internal sealed class EventsController(OwnedDubs dubs, StreamSlots slots, EventStream stream) : ControllerBase
{
    /// <summary>Streams a dub's progress as server-sent events.</summary>
    /// <remarks>
    /// Events `progress` hold what a poll of a running dub answers; the last one is `complete`, with the final response, or `failed`, with
    /// the error body, and ends the stream. Nothing is deleted: a poll still delivers the final response. A client that lost its connection
    /// goes on with `Last-Event-ID`; one that has seen the end is answered 204, which tells an `EventSource` to stop. Comments keep silent
    /// connections open.
    /// </remarks>
    /// <param name="requestId">The id that the dub was accepted under.</param>
    /// <param name="lastEventId">The id of the last event that was received; an `EventSource` sends it by itself.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The events.</response>
    /// <response code="204">The end of the dub was seen already.</response>
    /// <response code="429">This user has too many streams open.</response>
    [HttpGet(Name = "streamEvents")]
    [ProducesResponseType(typeof(string), StatusCodes.Status200OK, "text/event-stream")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> StreamAsync(
        [FromRoute(Name = "request_id")] string requestId, [FromHeader(Name = "Last-Event-ID")] string? lastEventId, CancellationToken ct)
    {
        var user = Caller.Of(HttpContext).UserId;
        if (await dubs.FindAsync(user, requestId, ct) is not { } dub)
            return DubErrors.NotFound.ToResult();
        var lastId = DubEvent.Parse(lastEventId);
        if (dub.State != DubState.Running && DubEvent.IsSeen(dub, lastId))
            return NoContent();
        if (HttpMethods.IsHead(Request.Method))
        {
            EventStream.WriteHeaders(Response);
            return new EmptyResult();
        }
        using var slot = slots.TryTake(user);
        if (slot is null)
            return DubErrors.TooManyStreams.ToResult();
        await stream.WriteAsync(HttpContext, dub, lastId);
        return new EmptyResult();
    }
}
