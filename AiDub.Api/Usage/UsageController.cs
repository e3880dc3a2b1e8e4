using AiDub.Api.Endpoints;
using AiDub.Api.Limits;
using AiDub.Jobs.Quotas;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Usage;

/// <summary>Tells what is stored for a user.</summary>
[Route("ai_dub/usage")]
internal sealed class UsageController(UsageMeter usage, UserLimits limits) : UserController
{
    /// <summary>Tells how many bytes are stored for a user, and how many may be.</summary>
    /// <remarks>Deleting a dub frees what it takes; uploads go a week after their day (`Uploads:KeepHours`).</remarks>
    /// <response code="200">What is stored now.</response>
    [HttpGet(Name = "getUsage")]
    public async Task<ActionResult<UsageAnswer>> FindAsync(CancellationToken ct) =>
        UsageAnswer.Of(await usage.MeasureAsync(UserId, ct), limits.StoredBytes);
}
