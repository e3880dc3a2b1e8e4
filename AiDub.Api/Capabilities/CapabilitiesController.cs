using AiDub.Api.Callbacks;
using AiDub.Api.Endpoints;
using AiDub.Api.Http;
using AiDub.Api.Voices;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Sources;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Fetching.Sample;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Capabilities;

/// <summary>Says what this service can do.</summary>
[ApiController]
[Route("ai_dub/capabilities")]
[Produces("application/json")]
[AnswersJson]
internal sealed class CapabilitiesController(
    IApiDescriptionGroupCollectionProvider endpoints,
    Synthesizers synthesizers,
    IOptions<SourceOptions> source,
    IOptions<RetentionOptions> retention,
    IOptions<VoiceOptions> voices,
    IOptions<CallbackOptions> callbacks,
    SampleVideo sample,
    PublicUrl address) : ControllerBase
{
    /// <summary>Says what this service can do and takes: its operations, and how much of what.</summary>
    /// <remarks>It changes only when the service is started with other settings or in another version.</remarks>
    /// <response code="200">The capabilities.</response>
    [HttpGet(Name = "getCapabilities")]
    public ActionResult<CapabilitiesAnswer> Find() => new CapabilitiesAnswer
    {
        Operations = Operations(endpoints),
        Subtitles = [.. Enum.GetValues<SubtitleMode>().Select(mode => mode.ToWire())],
        MaxTargets = SentLanguages.MaxCount,
        MaxBodyBytes = JsonController.MaxBodyBytes,
        MaxSourceBytes = source.Value.MaxBytes,
        MaxSourceSeconds = source.Value.MaxDurationSeconds,
        KeepEditableHours = retention.Value.KeepEditableHours,
        PreviewCharacters = voices.Value.PreviewCharacters,
        ClonesVoices = synthesizers.InOrder.Any(engine => engine.ClonesVoices),
        Callbacks = callbacks.Value.IsConfigured,
        SampleVideoUrl = Sample(),
    };

    // Named by an address of another machine it would be fetched from there.
    private string? Sample()
    {
        var here = address.Of(Request).AbsoluteUri.TrimEnd('/') + SampleVideo.Path;
        return sample.IsOffered && SourceUrl.TryParse(here, out var source) && SampleVideo.IsAt(source!) ? here : null;
    }

    private static IReadOnlyList<string> Operations(IApiDescriptionGroupCollectionProvider endpoints) =>
    [
        .. endpoints.ApiDescriptionGroups.Items
            .SelectMany(group => group.Items)
            .Select(action => (action.HttpMethod, Path: $"/{action.RelativePath}"))
            .Distinct()
            .OrderBy(action => action.Path, StringComparer.Ordinal)
            .ThenBy(action => action.HttpMethod, StringComparer.Ordinal)
            .Select(action => $"{action.HttpMethod} {action.Path}"),
    ];
}
