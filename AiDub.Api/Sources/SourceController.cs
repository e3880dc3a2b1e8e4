using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Http;
using AiDub.Api.Views;
using AiDub.Jobs.Dubbing.Artifacts;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Sources;

/// <summary>Shows the sources of dubs, as they were fetched.</summary>
[Route("ai_dub/{request_id:guid}/source")]
internal sealed class SourceController(OwnedDubs dubs, KeptSources sources, PublicUrl address) : UserController
{
    /// <summary>Answers an address of the source of a dub as it was fetched, for as long as it is kept.</summary>
    /// <remarks>
    /// A source is kept as long as its dub runs or can be edited (`Dubbing:KeepEditableHours`, 24 by default), and of a failed one as long
    /// as it can be retried (`Dubbing:KeepFailedHours`).
    /// </remarks>
    /// <response code="200">Where a browser opens the source, for a limited time.</response>
    /// <response code="404">
    /// This user has no such dub, or its source was not fetched yet or is kept no longer (`source_not_kept`).
    /// </response>
    [HttpGet(Name = "getSource")]
    public async Task<ActionResult<SourceAnswer>> FindAsync([FromRoute(Name = "request_id")] Guid requestId, CancellationToken ct)
    {
        if (await dubs.FindAsync(UserId, requestId, ct) is not { } dub)
            return DubErrors.NotFound.ToResult();
        // A dub that is rendered again has both: its record knows what was fetched for the first.
        var steps = dub.Record?.Response.Steps ?? dub.Progress?.Steps;
        return await sources.FindAsync(dub.Order.SourceId, steps, address.Of(Request), ct) is { } source
            ? new SourceAnswer(source.Address.AbsoluteUri, source.Bytes)
            : DubErrors.SourceNotKept.ToResult();
    }
}
