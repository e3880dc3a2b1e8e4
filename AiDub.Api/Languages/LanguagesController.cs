using AiDub.Api.Endpoints;
using AiDub.Api.Wire;
using AiDub.Jobs.Engines;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Languages;

/// <summary>Says which languages there are.</summary>
[ApiController]
[Route("ai_dub/languages")]
[Produces("application/json")]
[AnswersJson]
[ProducesResponseType<ErrorBody>(StatusCodes.Status406NotAcceptable)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status500InternalServerError)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status503ServiceUnavailable)]
public sealed class LanguagesController(LanguageSupport languages) : ControllerBase
{
    /// <summary>
    /// Lists the languages that videos can be dubbed from and into, with the engines and the quality of their translation.
    /// </summary>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">What the engines that are installed and configured can do now.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">
    /// Something that the service depends on does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    [HttpGet]
    [ProducesResponseType<LanguagesAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<LanguagesAnswer>> ListAsync(CancellationToken ct) =>
        LanguagesAnswer.Of(await languages.CatalogueAsync(ct));
}
