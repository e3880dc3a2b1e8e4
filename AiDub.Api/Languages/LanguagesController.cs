using AiDub.Api.Endpoints;
using AiDub.Jobs.Engines;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Languages;

/// <summary>Says which languages there are.</summary>
[ApiController]
[Route("ai_dub/languages")]
[Produces("application/json")]
[AnswersJson]
internal sealed class LanguagesController(LanguageSupport languages) : ControllerBase
{
    /// <summary>
    /// Lists the languages that videos can be dubbed from and into, with the engines and the quality of their translation.
    /// </summary>
    /// <response code="200">What the engines that are installed and configured can do now.</response>
    [HttpGet(Name = "listLanguages")]
    public async Task<ActionResult<LanguagesAnswer>> ListAsync(CancellationToken ct) =>
        LanguagesAnswer.Of(await languages.CatalogueAsync(ct));
}
