using System.Globalization;
using AiDub.Api.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.LocalFiles;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace AiDub.Api.Files;

/// <summary>Serves the objects of the local store to whoever holds a signed address that has not expired.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[AllowAnonymous]
internal sealed class FilesController(LocalObjectStore objects, TimeProvider clock) : ControllerBase
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

    /// <summary>
    /// Sends an object, or the range of it that was asked for: to be shown, or with <c>download</c> to be saved, under the name that its
    /// address says.
    /// </summary>
    [HttpGet("/files/{**key}")]
    public IActionResult Open(string key, string? expires, string? signature, string? filename)
    {
        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            || signature is null
            || !objects.TryOpen(key, until, signature, filename, out var path))
            return HttpErrors.Of(StatusCodes.Status404NotFound).ToResult();
        var type = Types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
        // What strangers uploaded is never run as a page of ours.
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; media-src 'self'; sandbox";
        Response.Headers.ContentDisposition = Disposition.Of(new ServedName(filename ?? key[(key.LastIndexOf('/') + 1)..], IsSaved));
        // Whoever has the address may keep what it opens, and no longer than it does.
        var left = Math.Max(0, until - clock.GetUtcNow().ToUnixTimeSeconds());
        Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"private, max-age={left}");
        var file = new FileInfo(path);
        return PhysicalFile(path, type, file.LastWriteTimeUtc, TagOf(file), enableRangeProcessing: true);
    }

    private bool IsSaved => Request.Query.TryGetValue(SignedUrls.SavedField, out var asked) && asked != "0" && asked != "false";

    // An object is replaced whole, by one of another time.
    private static EntityTagHeaderValue TagOf(FileInfo file) =>
        new(string.Create(CultureInfo.InvariantCulture, $"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\""));
}
