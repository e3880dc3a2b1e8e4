using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Http;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Jobs.Dubbing.Retention;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Dubs;

/// <summary>Tells what is recorded of dubs.</summary>
[Route("ai_dub")]
public sealed class DubsController(DubViews dubs, DubAnswers answers, DubDeletion deletion, PublicAddress address) : UserController
{
    /// <summary>Lists a user's dubs, newest first.</summary>
    /// <remarks>Every dub is on one page, also one that ends while the pages are read; it is shown as it is when its page is.</remarks>
    /// <param name="request">Which dubs.</param>
    /// <param name="userId">Who asks. With a token it may be absent, and must else be the token's.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">A page; `next_cursor` names the next one.</response>
    /// <response code="400">A field is wrong, or the user id is missing or no whole number.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="429">Too many requests; `Retry-After` says in how many seconds to ask again.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">
    /// Something that the service depends on does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    [HttpGet]
    [ProducesResponseType<DubsAnswer>(StatusCodes.Status200OK)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE0060", Justification = "ForCaller reads it; here it is described.")]
    public async Task<IActionResult> ListAsync(
        [FromQuery] DubsRequest request, [FromQuery(Name = "user_id")] string? userId, CancellationToken ct)
    {
        if (request.TryRead(UserId, out var query) is { } wrong)
            return wrong.ToResult();
        var page = await dubs.ListAsync(query!, ct);
        var listed = new List<DubAnswer>();
        foreach (var dub in page.Dubs)
            listed.Add(await answers.OfAsync(dub, address.Of(Request), ct));
        return Ok(new DubsAnswer { Dubs = listed, NextCursor = page.Next?.ToString() });
    }

    /// <summary>Reads a dub as often as you like, whatever its state.</summary>
    /// <remarks>
    /// Nothing is deleted by it: a final response that a poll answered and that was lost on the way is found here, with addresses made
    /// anew. A failed dub is kept for a week.
    /// </remarks>
    /// <param name="requestId">The id that the dub was accepted under.</param>
    /// <param name="userId">Who asks. With a token it may be absent, and must else be the token's.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The dub, with every field of the final response when it is complete.</response>
    /// <response code="400">The user id is missing or no whole number.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="404">This user has no such dub.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="429">Too many requests; `Retry-After` says in how many seconds to ask again.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">
    /// Something that the service depends on does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    [HttpGet("{request_id:guid}")]
    [ProducesResponseType<DubAnswer>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status404NotFound)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE0060", Justification = "ForCaller reads it; here it is described.")]
    public async Task<IActionResult> FindAsync(
        [FromRoute(Name = "request_id")] string requestId, [FromQuery(Name = "user_id")] string? userId, CancellationToken ct) =>
        await dubs.FindAsync(UserId, requestId, ct) is { } dub
            ? Ok(await answers.OfAsync(dub, address.Of(Request), ct))
            : DubErrors.NotFound.ToResult();

    /// <summary>Deletes a dub, whatever its state, with its files.</summary>
    /// <remarks>
    /// The dub is unknown from now on. One that runs is cancelled: its tools are stopped and its files are gone within seconds; the other
    /// dubs of its request go on. No callback of it is posted any more. What was uploaded for it stays as long as uploads do.
    /// </remarks>
    /// <param name="requestId">The id that the dub was accepted under.</param>
    /// <param name="userId">Who asks. With a token it may be absent, and must else be the token's.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="204">It is deleted.</response>
    /// <response code="400">The user id is missing or no whole number.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="404">This user has no such dub, or has deleted it.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="429">Too many requests; `Retry-After` says in how many seconds to ask again.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">
    /// Something that the service depends on does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    [HttpDelete("{request_id:guid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status404NotFound)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE0060", Justification = "ForCaller reads it; here it is described.")]
    public async Task<IActionResult> DeleteAsync(
        [FromRoute(Name = "request_id")] Guid requestId, [FromQuery(Name = "user_id")] string? userId, CancellationToken ct) =>
        await deletion.DeleteAsync(UserId, requestId, ct) ? NoContent() : DubErrors.NotFound.ToResult();
}
