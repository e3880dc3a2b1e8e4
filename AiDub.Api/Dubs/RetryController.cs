using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Limits;
using AiDub.Api.Views;
using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing.Intake;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace AiDub.Api.Dubs;

/// <summary>Lets failed dubs go on.</summary>
[Route("ai_dub/{request_id}/retry")]
internal sealed class RetryController(OwnedDubs dubs, DubRetries retries, UserLimits limits) : JsonController
{
    /// <summary>Runs a failed dub again, from the step that failed.</summary>
    /// <remarks>What it had done is kept for a day (`Dubbing:KeepFailedHours`) and not done again. The `request_id` stays.</remarks>
    /// <param name="requestId">The id that the dub was accepted under.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The dub runs again; poll it as before.</response>
    /// <response code="400">The user id is missing or not a whole number, or the body is not a JSON object.</response>
    /// <response code="409">The dub did not fail, or nothing is kept of it to go on from.</response>
    /// <response code="429">Too many requests (`Retry-After` says in how many seconds to ask again), or too many dubs at a time.</response>
    [HttpPost(Name = "retryDub")]
    [BeginsWork]
    public async Task<ActionResult<SubmitResponse>> RetryAsync(
        [FromRoute(Name = "request_id")] string requestId,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] RetryRequest? request,
        CancellationToken ct)
    {
        if (await dubs.FindAsync(UserId, requestId, ct) is not { } dub)
            return DubErrors.NotFound.ToResult();
        return await retries.RetryAsync(dub.Order.RequestId, limits.ActiveDubs, ct) switch
        {
            RetryOutcome.Retried => SubmitResponse.Accepted(dub.Order.RequestId),
            RetryOutcome.TooMany => DubErrors.TooMany(limits.ActiveDubs!.Value).ToResult(),
            RetryOutcome.NotKept => DubErrors.NotKept.ToResult(),
            RetryOutcome.NotFound when dub.State != DubState.Complete => DubErrors.NotFound.ToResult(),
            _ => DubErrors.NotFailed.ToResult(),
        };
    }
}
