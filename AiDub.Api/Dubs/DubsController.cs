using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Http;
using AiDub.Api.Views;
using AiDub.Jobs.Dubbing.Retention;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Dubs;

/// <summary>Tells what is recorded of dubs.</summary>
[Route("ai_dub")]
internal sealed class DubsController(OwnedDubs dubs, DubList list, DubAnswers answers, DubDeletion deletion, PublicUrl address)
    : UserController
{
    /// <summary>Lists a user's dubs, newest first.</summary>
    /// <remarks>Every dub is on one page, also one that ends while the pages are read; it is shown as it is when its page is.</remarks>
    /// <response code="200">A page; `next_cursor` names the next one.</response>
    /// <response code="400">A field is wrong, or the user id is missing or not a whole number.</response>
    [HttpGet(Name = "listDubs")]
    public async Task<ActionResult<DubsAnswer>> ListAsync([FromQuery] DubsRequest request, CancellationToken ct)
    {
        if (request.TryRead(UserId, out var query) is { } wrong)
            return wrong.ToResult();
        var page = await list.ReadPageAsync(query!, ct);
        var listed = await answers.OfAllAsync(page.Dubs, address.Of(Request), ct);
        return new DubsAnswer { Dubs = listed, NextCursor = page.Next?.ToString() };
    }

    /// <summary>Reads a dub as often as you like, whatever its state.</summary>
    /// <remarks>
    /// Nothing is deleted by it: a final response that a poll answered and that was lost on the way is found here, with addresses made
    /// anew. A failed dub is kept for a week.
    /// </remarks>
    /// <response code="200">The dub, with every field of the final response when it is complete.</response>
    [HttpGet("{request_id:guid}", Name = "getDub")]
    public async Task<ActionResult<DubAnswer>> FindAsync([FromRoute(Name = "request_id")] string requestId, CancellationToken ct) =>
        await dubs.FindAsync(UserId, requestId, ct) is { } dub
            ? await answers.OfAsync(dub, address.Of(Request), ct)
            : DubErrors.NotFound.ToResult();

    /// <summary>Deletes a dub, whatever its state, with its files.</summary>
    /// <remarks>
    /// The dub is unknown from now on. One that runs is cancelled: its tools are stopped and its files are gone within seconds; the other
    /// dubs of its request go on. No callback of it is posted any more. What was uploaded for it stays as long as uploads do.
    /// </remarks>
    /// <response code="204">It is deleted.</response>
    /// <response code="404">This user has no such dub, or has deleted it.</response>
    [HttpDelete("{request_id:guid}", Name = "deleteDub")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> DeleteAsync([FromRoute(Name = "request_id")] Guid requestId, CancellationToken ct) =>
        await deletion.DeleteAsync(UserId, requestId, ct) ? NoContent() : DubErrors.NotFound.ToResult();
}
