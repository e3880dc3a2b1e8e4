using AiDub.Api.Auth;
using AiDub.Api.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Endpoints;

/// <summary>An endpoint of the contract that answers one user, in JSON.</summary>
[ApiController]
[Produces("application/json")]
[AnswersJson]
[ForCaller]
[ProducesResponseType<ErrorBody>(StatusCodes.Status400BadRequest)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status401Unauthorized)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status403Forbidden)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status406NotAcceptable)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status429TooManyRequests)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status500InternalServerError)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status503ServiceUnavailable)]
public abstract class UserController : ControllerBase
{
    /// <summary>The user who asks.</summary>
    protected long UserId => Caller.Of(HttpContext).UserId;
}
