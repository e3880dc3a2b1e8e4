using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Domain.Ports;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Callbacks;

/// <summary>Tells how callbacks went.</summary>
[Route("ai_dub/{request_id}/callbacks")]
public sealed class CallbacksController(DubViews views, ICallbackOutbox outbox) : UserController
{
    /// <summary>Lists the tries to tell the `callback_url` of a dub of its end.</summary>
    /// <param name="requestId">The dub.</param>
    /// <param name="userId">Who asks. With a token it may be absent, and must else be the token's.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The tries; none while the dub has not ended.</response>
    /// <response code="400">The user id is missing or not a whole number.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="404">This user has no such dub, or it was submitted without a `callback_url`.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="429">Too many requests; `Retry-After` says in how many seconds to ask again.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">
    /// Something that the service depends on does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    [HttpGet]
    [ProducesResponseType<CallbacksAnswer>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status404NotFound)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE0060", Justification = "ForCaller reads it; here it is described.")]
    public async Task<IActionResult> ListAsync(
        [FromRoute(Name = "request_id")] string requestId, [FromQuery(Name = "user_id")] string? userId, CancellationToken ct)
    {
        if (await views.FindAsync(UserId, requestId, ct) is not { } view)
            return DubErrors.NotFound.ToResult();
        if (view.Order.Callback is not { } callback)
            return DubErrors.NoCallback.ToResult();
        return Ok(CallbacksAnswer.Of(callback.Url, (await outbox.FindAsync(view.Order.RequestId, ct)).LastOrDefault()));
    }
}
