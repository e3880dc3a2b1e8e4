using AiDub.Api.Endpoints;
using AiDub.Api.Limits;
using AiDub.Jobs.Quotas;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Usage;

/// <summary>Tells what is stored for a user.</summary>
[Route("ai_dub/usage")]
public sealed class UsageController(UsageMeter usage, UserLimits limits) : UserController
{
    /// <summary>Tells how many bytes are stored for a user, and how many may be.</summary>
    /// <remarks>Deleting a dub frees what it takes; uploads go a week after their day (`Uploads:KeepHours`).</remarks>
    /// <param name="userId">Who asks. With a token it may be absent, and must else be the token's.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">What is stored now.</response>
    /// <response code="400">The user id is missing or no whole number.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="429">Too many requests; `Retry-After` says in how many seconds to ask again.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">Something that the service depends on does not answer; try again later.</response>
    [HttpGet]
    [ProducesResponseType<UsageAnswer>(StatusCodes.Status200OK)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE0060", Justification = "ForCaller reads it; here it is described.")]
    public async Task<ActionResult<UsageAnswer>> FindAsync([FromQuery(Name = "user_id")] string? userId, CancellationToken ct) =>
        UsageAnswer.Of(await usage.MeasureAsync(UserId, ct), limits.StoredBytes);
}
