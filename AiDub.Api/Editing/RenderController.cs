using System.Diagnostics;
using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Limits;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing.Editing;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Editing;

/// <summary>Has finished dubs rendered again.</summary>
[Route("ai_dub/{request_id:guid}/render")]
internal sealed class RenderController(OwnedDubs dubs, DubRendering rendering, ActiveDubs active, UserLimits limits) : JsonController
{
    /// <summary>Renders a finished dub again with what was edited, or with other subtitles.</summary>
    /// <remarks>
    /// Only segments whose words or voice changed are spoken again. Poll, events and callback are those of a first dub, from `Status_2` on.
    /// Until the new result is ready, and when it fails, the old one stays.
    /// </remarks>
    /// <param name="requestId">The id that the dub was accepted under.</param>
    /// <param name="request">Which revision, and how it carries subtitles.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The rendering was begun.</response>
    /// <response code="409">
    /// The dub is being made (`dub_running`), the revision is not the current one (`revision_stale`), or the dub failed or is kept no
    /// longer (`dub_not_editable`).
    /// </response>
    /// <response code="429">Too many requests (`Retry-After` says in how many seconds to ask again), or too many dubs at a time.</response>
    [HttpPost(Name = "renderDub")]
    [BeginsWork]
    public async Task<ActionResult<RenderResponse>> RenderAsync(
        [FromRoute(Name = "request_id")] Guid requestId, [FromBody] RenderRequest request, CancellationToken ct)
    {
        var subtitles = SubtitleModeNames.Parse(request.Subtitles.Value);
        if (!request.Subtitles.IsMissing && subtitles is null)
        {
            return Refusal
                .Of(new FieldError("subtitles", "subtitles is not none, soft or burned", ErrorCodes.SubtitlesModeInvalid))
                .ToResult();
        }
        if (await dubs.FindAsync(UserId, requestId, ct) is not { } dub)
            return DubErrors.NotFound.ToResult();
        // A dub without a record runs for the first time, or failed.
        if (dub.Record is not { } record)
            return (dub.State == DubState.Running ? DubErrors.Running : DubErrors.NotEditable).ToResult();
        // This spares the work; what others begin meanwhile is counted when it is written.
        if (await active.RefusalAsync(UserId, ct) is { } tooMany)
            return tooMany.ToResult();
        return await rendering.RenderAsync(record, request.Revision, subtitles, limits.ActiveDubs, ct) switch
        {
            RenderAnswer.Begun begun => new RenderResponse(requestId, "progress_initiated", begun.Revision),
            RenderAnswer.Running => DubErrors.Running.ToResult(),
            RenderAnswer.TooMany => DubErrors.TooMany(limits.ActiveDubs!.Value).ToResult(),
            RenderAnswer.NotEditable => DubErrors.NotEditable.ToResult(),
            RenderAnswer.Stale stale => DubErrors.Stale(stale.Current).ToResult(),
            _ => throw new UnreachableException(),
        };
    }
}
