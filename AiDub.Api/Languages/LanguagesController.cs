using AiDub.Api.Auth;
using AiDub.Api.Endpoints;
using AiDub.Jobs.Engines;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Languages;

/// <summary>Says which languages there are.</summary>
[ApiController]
[Route("ai_dub/languages")]
[Produces("application/json")]
[AnswersJson]
internal sealed class LanguagesController(LanguageSupport languages, EngineAdvice advice, IOptions<JwtOptions> jwt) : ControllerBase
{
    /// <summary>
    /// Lists the languages that videos can be dubbed from and into, with the engines and the quality of their translation.
    /// </summary>
    /// <response code="200">What the engines that are installed and configured can do now.</response>
    [HttpGet(Name = "listLanguages")]
    public async Task<ActionResult<LanguagesAnswer>> ListAsync(CancellationToken ct)
    {
        var catalogue = await languages.CatalogueAsync(ct);
        // Only where nobody is asked for a token is who asks the one who runs the service.
        return LanguagesAnswer.Of(catalogue, jwt.Value.IsConfigured ? _ => null : target => advice.For(catalogue, target));
    }
}
