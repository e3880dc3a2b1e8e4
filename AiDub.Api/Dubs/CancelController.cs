using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Http;
using AiDub.Api.Views;
using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing.Retention;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace AiDub.Api.Dubs;

/// <summary>Stops dubs that run or wait.</summary>
[Route("ai_dub/{request_id:guid}/cancel")]
internal sealed class CancelController(OwnedDubs dubs, DubCancellation cancellation, DubAnswers answers, PublicUrl address) : JsonController
{
    /// <summary>Stops a dub that runs or waits; one that is rendered again keeps its last result.</summary>
    /// <remarks>
    /// The dub is `failed` with the code `cancelled` from now on, and its tools are stopped within seconds. Of one that is rendered again
    /// only the new rendering is given up: the last result stays, and can be edited and rendered again. Nothing is asked and nothing that
    /// was finished is lost; `DELETE` removes a dub with its files.
    /// </remarks>
    /// <param name="requestId">The id that the dub was accepted under.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The dub as it is now, with its last result if it has one.</response>
    /// <response code="400">The user id is missing or not a whole number, or the body is not a JSON object.</response>
    /// <response code="409">The dub does not run: it is complete or failed.</response>
    [HttpPost(Name = "cancelDub")]
    public async Task<ActionResult<DubAnswer>> CancelAsync(
        [FromRoute(Name = "request_id")] Guid requestId,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] RetryRequest? request,
        CancellationToken ct)
    {
        if (await dubs.FindAsync(UserId, requestId, ct) is not { } dub)
            return DubErrors.NotFound.ToResult();
        if (dub.State != DubState.Running || await cancellation.CancelAsync(requestId, ct) is not { IsCancelled: true })
            return DubErrors.NotRunning.ToResult();
        return await dubs.FindAsync(UserId, requestId, ct) is { } cancelled
            ? await answers.OfAsync(cancelled, address.Of(Request), ct)
            : DubErrors.NotFound.ToResult();
    }
}
