using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Limits;
using AiDub.Api.Wire;
using AiDub.Domain.Errors;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Estimates;

/// <summary>Says what a dub would take before it is submitted.</summary>
[Route("ai_dub/estimate")]
internal sealed class EstimateController(Estimator estimator) : UserController
{
    /// <summary>Estimates a dub: how much is said, how long it takes, what it costs.</summary>
    /// <remarks>
    /// The source is fetched under the rules of a submission and searched for speech; nothing is recognised, and nothing of it is kept.
    /// </remarks>
    /// <response code="200">The estimate.</response>
    /// <response code="400">
    /// A field is missing or wrong, or the source cannot be dubbed; `msg_code` is what the dub would fail with.
    /// </response>
    /// <response code="429">Too many requests, or too many estimates at a time (`too_many_estimates`).</response>
    /// <response code="503">
    /// The source's server, or something that the service depends on, does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    [HttpGet(Name = "estimateDub")]
    [BeginsWork]
    public async Task<ActionResult<EstimateAnswer>> EstimateAsync([FromQuery] EstimateRequest request, CancellationToken ct)
    {
        // A list is written by repeating its field, too.
        if (Request.Query["to_lang"] is { Count: > 1 } languages)
            request = request with { ToLang = languages.ToString() };
        if (request.TryRead(out var asked) is { } wrong)
            return wrong.ToResult();
        try
        {
            return await estimator.EstimateAsync(UserId, asked!, ct) is { } estimate
                ? estimate
                : TooMany.ToResult();
        }
        catch (PermanentDubException e)
        {
            return Refusal.Of(e.Code, e.Message).ToResult();
        }
    }

    /// <summary>The user has as many estimates running as may be.</summary>
    internal static ErrorBody TooMany { get; } =
        Refusal.Of(ErrorCodes.TooManyEstimates, "too many estimates at a time; wait until one is answered");
}
