using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Views;
using AiDub.Jobs.Dubbing.Editing;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Editing;

/// <summary>Shows the segments of finished dubs.</summary>
[Route("ai_dub/{request_id:guid}/segments")]
internal sealed class SegmentsController(OwnedDubs dubs, DubEditing editing) : UserController
{
    /// <summary>Lists the segments of a finished dub, with everything that was edited of them.</summary>
    /// <remarks>They are kept for `Dubbing:KeepEditableHours` (24 by default) after the dub, or its last rendering, is complete.</remarks>
    /// <response code="200">The segments, and the revision to send with an edit.</response>
    /// <response code="409">The dub is not complete, or its working files are kept no longer.</response>
    [HttpGet(Name = "listSegments")]
    public async Task<ActionResult<SegmentsAnswer>> ListAsync([FromRoute(Name = "request_id")] Guid requestId, CancellationToken ct)
    {
        if (await dubs.FindAsync(UserId, requestId, ct) is not { } dub)
            return DubErrors.NotFound.ToResult();
        return dub.Record is { } record && await editing.FindAsync(record, ct) is { } editable
            ? SegmentsAnswer.Of(editable)
            : DubErrors.NotEditable.ToResult();
    }
}
