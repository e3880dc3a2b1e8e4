using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Views;
using AiDub.Domain.Ports;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Callbacks;

/// <summary>Tells how callbacks went.</summary>
[Route("ai_dub/{request_id}/callbacks")]
internal sealed class CallbacksController(OwnedDubs dubs, ICallbackOutbox outbox) : UserController
{
    /// <summary>Lists the attempts to call the `callback_url` of a dub when it had ended.</summary>
    /// <response code="200">The attempts; none while the dub has not ended.</response>
    /// <response code="404">This user has no such dub, or it was submitted without a `callback_url`.</response>
    [HttpGet(Name = "listCallbacks")]
    public async Task<ActionResult<CallbacksAnswer>> ListAsync([FromRoute(Name = "request_id")] string requestId, CancellationToken ct)
    {
        if (await dubs.FindAsync(UserId, requestId, ct) is not { } dub)
            return DubErrors.NotFound.ToResult();
        if (dub.Order.Callback is not { } callback)
            return DubErrors.NoCallback.ToResult();
        return CallbacksAnswer.Of(callback.Url, (await outbox.FindAsync(dub.Order.RequestId, ct)).LastOrDefault());
    }
}
