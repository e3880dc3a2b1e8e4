using AiDub.Api.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Endpoints;

/// <summary>An endpoint of the contract that takes JSON from one user: at most 16 KB of it.</summary>
/// <remarks>Attributes of one kind here replace those of the base class, so the answers are listed again.</remarks>
[Consumes("application/json")]
[RequestSizeLimit(MaxBodyBytes)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status400BadRequest)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status401Unauthorized)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status403Forbidden)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status406NotAcceptable)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status413PayloadTooLarge)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status415UnsupportedMediaType)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status429TooManyRequests)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status500InternalServerError)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status503ServiceUnavailable)]
public abstract class JsonController : UserController
{
    /// <summary>The longest body that is read, in bytes.</summary>
    public const int MaxBodyBytes = 16 * 1024;
}
