using System.Globalization;
using AiDub.Api.Errors;
using AiDub.Jobs.Storage.LocalFiles;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.StaticFiles;

namespace AiDub.Api.Files;

/// <summary>Serves the objects of the local store to whoever holds a signed address that has not expired.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[AllowAnonymous]
internal sealed class FilesController(LocalObjectStore objects) : ControllerBase
{
    private static readonly FileExtensionContentTypeProvider Types = new()
    {
        Mappings =
        {
            [".mkv"] = "video/x-matroska",
            [".m4a"] = "audio/mp4",
            [".srt"] = "application/x-subrip",
            [".vtt"] = "text/vtt; charset=utf-8",
        },
    };

    /// <summary>Sends an object, or the range of it that was asked for.</summary>
    [HttpGet("/files/{**key}")]
    [HttpHead("/files/{**key}")]
    public IActionResult Open(string key, string? expires, string? signature)
    {
        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            || signature is null
            || !objects.TryOpen(key, until, signature, out var path))
            return HttpErrors.Of(StatusCodes.Status404NotFound).ToResult();
        var type = Types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
        // What strangers uploaded is never run as a page of ours.
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; media-src 'self'; sandbox";
        return PhysicalFile(path, type, enableRangeProcessing: true);
    }
}
