using System.Diagnostics;
using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Limits;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Editing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace AiDub.Api.Editing;

/// <summary>Edits finished dubs and has them rendered again.</summary>
[Route("ai_dub/{request_id:guid}")]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE1006", Justification = "The contract's names.")]
public sealed class EditsController(
    IDubStore dubs, IProgressStore progress, DubEditing editing, DubRendering rendering, UserLimits limits) : JsonController
{
    /// <summary>Edits a segment of a finished dub; nothing is heard of it until it is rendered.</summary>
    /// <remarks>
    /// Send the `revision` that was read or answered last. Of edits with the same revision one is taken; the others get 409
    /// `revision_stale`, with the current one as `revision`. A `text` without a `translation` is translated when the dub is rendered; a
    /// `translation` is spoken as it is.
    /// </remarks>
    /// <param name="request_id">The id that the dub was accepted under.</param>
    /// <param name="index">The segment's index.</param>
    /// <param name="request">What to change.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The segment as it is now, and the new revision.</response>
    /// <response code="400">A field is missing or wrong.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="404">This user has no such dub, or it has no such segment.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="409">
    /// The revision is not the current one (`revision_stale`), or the dub runs, failed or is kept no longer (`dub_not_editable`).
    /// </response>
    /// <response code="413">The body is larger than 16 KB.</response>
    /// <response code="415">The body was not sent as application/json.</response>
    /// <response code="429">Too many requests; `Retry-After` says in how many seconds to ask again.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">
    /// Something that the service depends on does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    [HttpPatch("segments/{index:int}")]
    [ProducesResponseType<SegmentEditAnswer>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> EditAsync(Guid request_id, int index, [FromBody] SegmentEditRequest request, CancellationToken ct)
    {
        if (request.Revision is not { } revision)
            return Wrong(new FieldError("revision", "revision is missing", ErrorCodes.RevisionMissing));
        if (await FindAsync(request_id, ct) is not { } record)
            return await NoneAsync(request_id, DubErrors.NotEditable, ct);
        return await editing.EditAsync(record, revision, request.ToEdit(index), ct) switch
        {
            EditOutcome.Edited edited => Ok(new SegmentEditAnswer(edited.Revision, edited.Segment)),
            EditOutcome.NotEditable => DubErrors.NotEditable.ToResult(),
            EditOutcome.NoSegment => DubErrors.NoSegment.ToResult(),
            EditOutcome.Stale stale => DubErrors.Stale(stale.Current).ToResult(),
            EditOutcome.Refused refused => Wrong([.. refused.Faults.Select(f => new FieldError(f.Field, f.Msg, f.Code))]),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Renders a finished dub again with what was edited, or with other subtitles.</summary>
    /// <remarks>
    /// Only segments whose words or voice changed are spoken again. Poll, events and callback are those of a first dub, from `Status_2` on.
    /// Until the new result is ready, and when it fails, the old one stays.
    /// </remarks>
    /// <param name="request_id">The id that the dub was accepted under.</param>
    /// <param name="request">Which revision, and how it carries subtitles.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The rendering was begun.</response>
    /// <response code="400">A field is missing or wrong.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="404">This user has no such dub.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="409">
    /// The dub is being made (`dub_running`), the revision is not the current one (`revision_stale`), or the dub failed or is kept no
    /// longer (`dub_not_editable`).
    /// </response>
    /// <response code="413">The body is larger than 16 KB.</response>
    /// <response code="415">The body was not sent as application/json.</response>
    /// <response code="429">Too many requests; `Retry-After` says in how many seconds to ask again.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">
    /// Something that the service depends on does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    [HttpPost("render")]
    [EnableRateLimiting(RateLimits.Submits)]
    [ProducesResponseType<RenderResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> RenderAsync(Guid request_id, [FromBody] RenderRequest request, CancellationToken ct)
    {
        var subtitles = SubtitleModeNames.Parse(request.Subtitles.Value);
        if (!request.Subtitles.IsMissing && subtitles is null)
            return Wrong(new FieldError("subtitles", "subtitles is not none, soft or burned", ErrorCodes.SubtitlesModeInvalid));
        if (await FindAsync(request_id, ct) is not { } record)
            return await NoneAsync(request_id, DubErrors.Running, ct);
        if (limits.ActiveDubs is { } limit && await progress.CountRunningAsync(UserId, ct) >= limit)
        {
            return new ErrorBody
            {
                Status = StatusCodes.Status429TooManyRequests,
                MsgCode = ErrorCodes.TooManyDubs,
                Msg = $"at most {limit} dubs may run at a time; wait until one is finished",
            }.ToResult();
        }
        return await rendering.RenderAsync(record, request.Revision, subtitles, ct) switch
        {
            RenderAnswer.Begun begun => Ok(new RenderResponse(request_id, "progress_initiated", begun.Revision)),
            RenderAnswer.Running => DubErrors.Running.ToResult(),
            RenderAnswer.NotEditable => DubErrors.NotEditable.ToResult(),
            RenderAnswer.Stale stale => DubErrors.Stale(stale.Current).ToResult(),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<DubRecord?> FindAsync(Guid id, CancellationToken ct) =>
        await dubs.FindAsync(id, ct) is { } record && record.Order.UserId == UserId ? record : null;

    // A dub without a record runs for the first time, or failed.
    private async Task<IActionResult> NoneAsync(Guid id, ErrorBody whileRunning, CancellationToken ct) =>
        (await progress.FindAsync(id, ct) is { } dub && dub.Order.UserId == UserId
            ? dub.State == DubState.Running ? whileRunning : DubErrors.NotEditable
            : DubErrors.NotFound).ToResult();

    private static ObjectResult Wrong(params IReadOnlyList<FieldError> errors) =>
        new ErrorBody
        {
            Status = StatusCodes.Status400BadRequest,
            Msg = errors[0].Msg,
            MsgCode = errors[0].MsgCode,
            Errors = errors,
        }.ToResult();
}
