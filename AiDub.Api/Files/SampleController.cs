using AiDub.Api.Errors;
using AiDub.Jobs.Fetching.Sample;
using AiDub.Jobs.Tools;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Files;

/// <summary>Serves the video that the service can be tried with, in development only.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[AllowAnonymous]
internal sealed class SampleController(SampleVideo sample, ILogger<SampleController> log) : ControllerBase
{
    /// <summary>Sends the video, or the range of it that was asked for; the first request waits until it is made.</summary>
    [HttpGet(SampleVideo.Path)]
    public async Task<IActionResult> OpenAsync(CancellationToken ct)
    {
        if (!sample.IsOffered)
            return HttpErrors.Of(StatusCodes.Status404NotFound).ToResult();
        try
        {
            return PhysicalFile(await sample.FileAsync(ct), "video/mp4", enableRangeProcessing: true);
        }
        catch (ToolFailedException e)
        {
            log.LogWarning(e, "The sample could not be made.");
            return HttpErrors.Of(StatusCodes.Status503ServiceUnavailable).ToResult();
        }
    }
}
