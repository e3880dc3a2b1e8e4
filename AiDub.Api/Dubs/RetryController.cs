using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Limits;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Intake;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;

namespace AiDub.Api.Dubs;

/// <summary>Lets failed dubs go on.</summary>
[Route("ai_dub/{request_id}/retry")]
public sealed class RetryController(DubViews dubs, DubRetries retries, IProgressStore progress, UserLimits limits) : JsonController
{
    /// <summary>Runs a failed dub again, from the step that failed.</summary>
    /// <remarks>What it had done is kept for a day (`Dubbing:KeepFailedHours`) and not done again. The `request_id` stays.</remarks>
    /// <param name="requestId">The id that the dub was accepted under.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The dub runs again; poll it as before.</response>
    /// <response code="400">The user id is missing or no whole number, or the body is not a JSON object.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="404">This user has no such dub.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="409">The dub did not fail, or nothing is kept of it to go on from.</response>
    /// <response code="413">The body is larger than 16 KB.</response>
    /// <response code="415">The body was not sent as application/json.</response>
    /// <response code="429">Too many requests (`Retry-After` says in how many seconds to ask again), or too many dubs at a time.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">
    /// Something that the service depends on does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    [HttpPost]
    [EnableRateLimiting(RateLimits.Submits)]
    [ProducesResponseType<SubmitResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status409Conflict)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE0060", Justification = "ForCaller reads it; here it is described.")]
    public async Task<IActionResult> RetryAsync(
        [FromRoute(Name = "request_id")] string requestId,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] RetryRequest? request,
        CancellationToken ct)
    {
        if (await dubs.FindAsync(UserId, requestId, ct) is not { } dub)
            return DubErrors.NotFound.ToResult();
        if (limits.ActiveDubs is { } limit && await progress.CountRunningAsync(UserId, ct) >= limit)
            return DubErrors.TooMany(limit).ToResult();
        return await retries.RetryAsync(dub.Order.RequestId, ct) switch
        {
            RetryOutcome.Retried => Ok(SubmitResponse.Accepted(dub.Order.RequestId)),
            RetryOutcome.NotKept => DubErrors.NotKept.ToResult(),
            RetryOutcome.NotFound when dub.State != Domain.Dubbing.DubState.Complete => DubErrors.NotFound.ToResult(),
            _ => DubErrors.NotFailed.ToResult(),
        };
    }
}
