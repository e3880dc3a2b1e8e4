using AiDub.Api.Contracts;
using AiDub.Api.Errors;
using AiDub.Api.Polling;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Controllers;

/// <summary>Tells what is recorded of dubs.</summary>
[Route("ai_dub")]
public sealed class DubsController(DubReader dubs, PublicAddress address) : UserController
{
    /// <summary>Reads a dub as often as you like, whatever its state.</summary>
    /// <remarks>
    /// Nothing is deleted by it: a final response that a poll answered and that was lost on the way is found here, with addresses made anew.
    /// A failed dub is kept for a week.
    /// </remarks>
    /// <param name="request_id">The id that the dub was accepted under.</param>
    /// <param name="user_id">Who asks. With a token it may be absent, and must else be the token's.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The dub, with every field of the final response when it is complete.</response>
    /// <response code="400">The user id is missing or no whole number.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="404">This user has no such dub.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="429">Too many requests; `Retry-After` says in how many seconds to ask again.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">Something that the service depends on does not answer; try again later.</response>
    [HttpGet("{request_id:guid}")]
    [ProducesResponseType<DubAnswer>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status404NotFound)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE1006", Justification = "The contract's names.")]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE0060", Justification = "ForCaller reads it; here it is described.")]
    public async Task<IActionResult> FindAsync(Guid request_id, [FromQuery] string? user_id, CancellationToken ct) =>
        await dubs.FindAsync(UserId, request_id, address.Of(Request), ct) is { } dub
            ? Ok(dub)
            : new ErrorBody { Status = StatusCodes.Status404NotFound, MsgCode = ErrorCodes.DubNotFound, Msg = "this user has no such dub" }.ToResult();
}
