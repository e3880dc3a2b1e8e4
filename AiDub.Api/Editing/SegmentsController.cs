using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Editing;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Editing;

/// <summary>Shows the segments of finished dubs.</summary>
[Route("ai_dub/{request_id:guid}/segments")]
public sealed class SegmentsController(IDubStore dubs, IProgressStore progress, DubEditing editing) : UserController
{
    /// <summary>Lists the segments of a finished dub, with everything that was edited of them.</summary>
    /// <remarks>They are kept for `Dubbing:KeepEditableHours` (24 by default) after the dub, or its last rendering, is complete.</remarks>
    /// <param name="request_id">The id that the dub was accepted under.</param>
    /// <param name="user_id">Who asks. With a token it may be absent, and must else be the token's.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The segments, and the revision to send with an edit.</response>
    /// <response code="400">A field is missing or wrong.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="404">This user has no such dub.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="409">The dub is not complete, or its working files are kept no longer.</response>
    /// <response code="429">Too many requests; `Retry-After` says in how many seconds to ask again.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">
    /// Something that the service depends on does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    [HttpGet]
    [ProducesResponseType<SegmentsAnswer>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status409Conflict)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE1006", Justification = "The contract's names.")]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE0060", Justification = "ForCaller reads it; here it is described.")]
    public async Task<IActionResult> ListAsync(Guid request_id, [FromQuery] string? user_id, CancellationToken ct)
    {
        if (await dubs.FindAsync(request_id, ct) is not { } record)
            return (await progress.FindAsync(request_id, ct) is { } dub && dub.Order.UserId == UserId
                ? DubErrors.NotEditable
                : DubErrors.NotFound).ToResult();
        if (record.Order.UserId != UserId)
            return DubErrors.NotFound.ToResult();
        return await editing.FindAsync(record, ct) is { } editable ? Ok(SegmentsAnswer.Of(editable)) : DubErrors.NotEditable.ToResult();
    }
}
