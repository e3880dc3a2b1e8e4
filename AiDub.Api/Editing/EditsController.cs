using System.Diagnostics;
using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Jobs.Dubbing.Editing;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Editing;

/// <summary>Edits finished dubs.</summary>
[Route("ai_dub/{request_id:guid}/segments/{index:int}")]
internal sealed class EditsController(OwnedDubs dubs, DubEditing editing) : JsonController
{
    /// <summary>Edits a segment of a finished dub; nothing is heard of it until it is rendered.</summary>
    /// <remarks>
    /// Send the `revision` that was read or answered last. Of edits with the same revision one is taken; the others get 409
    /// `revision_stale`, with the current one as `revision`. A `text` without a `translation` is translated when the dub is rendered; a
    /// `translation` is spoken as it is. An edit that changes nothing leaves the revision as it is.
    /// </remarks>
    /// <param name="requestId">The id that the dub was accepted under.</param>
    /// <param name="index">The segment's index.</param>
    /// <param name="request">What to change.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The segment as it is now, and the revision.</response>
    /// <response code="404">This user has no such dub, or it has no such segment.</response>
    /// <response code="409">
    /// The revision is not the current one (`revision_stale`), or the dub runs, failed or is kept no longer (`dub_not_editable`).
    /// </response>
    [HttpPatch(Name = "editSegment")]
    public async Task<ActionResult<SegmentEditAnswer>> EditAsync(
        [FromRoute(Name = "request_id")] Guid requestId, int index, [FromBody] SegmentEditRequest request, CancellationToken ct)
    {
        if (request.Revision is not { } revision)
            return Refusal.Of(new FieldError("revision", "revision is missing", ErrorCodes.RevisionMissing)).ToResult();
        if (await dubs.FindAsync(UserId, requestId, ct) is not { } dub)
            return DubErrors.NotFound.ToResult();
        if (dub.Record is not { } record)
            return DubErrors.NotEditable.ToResult();
        return await editing.EditAsync(record, revision, request.ToEdit(index), ct) switch
        {
            EditOutcome.Edited edited => new SegmentEditAnswer(edited.Revision, edited.Segment),
            EditOutcome.NotEditable => DubErrors.NotEditable.ToResult(),
            EditOutcome.NoSegment => DubErrors.NoSegment.ToResult(),
            EditOutcome.Stale stale => DubErrors.Stale(stale.Current).ToResult(),
            EditOutcome.Refused refused =>
                Refusal.Of([.. refused.Faults.Select(fault => new FieldError(fault.Field, fault.Msg, fault.Code))]).ToResult(),
            _ => throw new UnreachableException(),
        };
    }
}
