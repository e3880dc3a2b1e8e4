using AiDub.Api.Auth;
using AiDub.Api.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Controllers;

/// <summary>An endpoint of the contract: JSON in, at most 16 KB of it unless an action takes more, and JSON out.</summary>
[ApiController]
[Consumes("application/json")]
[Produces("application/json")]
[RequestSizeLimit(MaxBodyBytes)]
[AnswersJson]
[ForCaller]
[ProducesResponseType<ErrorBody>(StatusCodes.Status400BadRequest)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status401Unauthorized)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status403Forbidden)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status406NotAcceptable)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status413PayloadTooLarge)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status415UnsupportedMediaType)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status500InternalServerError)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status503ServiceUnavailable)]
public abstract class JsonController : ControllerBase
{
    /// <summary>The longest body that is read where an action does not say otherwise, in bytes.</summary>
    public const int MaxBodyBytes = 16 * 1024;

    /// <summary>The user who asks.</summary>
    protected long UserId => Caller.Of(HttpContext).UserId;
}
