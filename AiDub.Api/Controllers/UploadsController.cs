using AiDub.Api.Contracts;
using AiDub.Api.Errors;
using AiDub.Api.Limits;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Domain.Subtitles;
using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Fetching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace AiDub.Api.Controllers;

/// <summary>Takes videos that lie nowhere on the web.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class UploadsController(IObjectStore objects, Scratch scratch, PublicAddress address, IOptions<SourceOptions> source) : ControllerBase
{
    /// <summary>
    /// Stores the first file of a multipart form and answers an address to use as <c>source_video_url</c>; of a file named .srt or .vtt, which must be
    /// readable and at most 1 MiB, as <c>transcript</c> or <c>translation</c>.
    /// </summary>
    [HttpPost("/ai_dub/uploads")]
    [EnableRateLimiting(RateLimits.Submits)]
    [DisableRequestSizeLimit]
    [StreamedForm]
    public async Task<IActionResult> UploadAsync(CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
            return HttpErrors.Of(StatusCodes.Status415UnsupportedMediaType).ToResult();

        using var folder = scratch.Create();
        var path = Path.Combine(folder.Path, "upload");
        var reader = new MultipartReader(boundary, Request.Body);
        long? bytes = null;
        var isSubtitles = false;
        try
        {
            while (bytes is null && await reader.ReadNextSectionAsync(ct) is { } section)
            {
                if (section.AsFileSection() is not { FileStream: { } file } sent)
                    continue;
                isSubtitles = Path.GetExtension(sent.FileName).ToLowerInvariant() is ".srt" or ".vtt";
                bytes = await SaveAsync(file, path, isSubtitles ? SubtitleBytes.MaxBytes : source.Value.MaxBytes, ct);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException && !ct.IsCancellationRequested)
        {
            return Refuse(StatusCodes.Status400BadRequest, ErrorCodes.BodyInvalid, "the form could not be read");
        }

        switch (bytes)
        {
            case null or 0:
                return Refuse(StatusCodes.Status400BadRequest, ErrorCodes.UploadMissing, "the form holds no file");
            case var sent when sent > (isSubtitles ? SubtitleBytes.MaxBytes : source.Value.MaxBytes):
                return HttpErrors.Of(StatusCodes.Status413PayloadTooLarge).ToResult();
        }

        if (isSubtitles && await FaultAsync(path, ct) is { } fault)
            return Refuse(StatusCodes.Status400BadRequest, ErrorCodes.SubtitlesInvalid, $"the file cannot be read: {fault}");

        var key = $"{ObjectKeys.Uploads}{Guid.NewGuid():D}";
        await objects.PutAsync(key, path, "application/octet-stream", ct);
        var uri = await objects.AddressAsync(key, address.Of(Request), ct);
        return Ok(new UploadResponse { SourceVideoUrl = uri.AbsoluteUri, Bytes = bytes.Value });
    }

    // One byte over the limit is enough to know.
    private static async Task<long> SaveAsync(Stream from, string path, long limit, CancellationToken ct)
    {
        await using var to = System.IO.File.Create(path);
        var buffer = new byte[128 * 1024];
        int read;
        while (to.Length <= limit && (read = await from.ReadAsync(buffer, ct)) > 0)
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        return to.Length;
    }

    private static async Task<string?> FaultAsync(string path, CancellationToken ct)
    {
        try
        {
            SubtitleParser.Parse(SubtitleBytes.Decode(await System.IO.File.ReadAllBytesAsync(path, ct)));
            return null;
        }
        catch (SubtitleFormatException e)
        {
            return e.Message;
        }
    }

    private static ObjectResult Refuse(int status, string code, string msg) =>
        new ErrorBody { Status = status, MsgCode = code, Msg = msg }.ToResult();
}
