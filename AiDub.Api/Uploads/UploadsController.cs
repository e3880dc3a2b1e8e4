using AiDub.Api.Auth;
using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Http;
using AiDub.Api.Limits;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Domain.Subtitles;
using AiDub.Jobs.Dubbing.Steps.Texts;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace AiDub.Api.Uploads;

/// <summary>Takes videos that lie nowhere on the web.</summary>
[ForCaller(IsOptionalInOpenMode = true)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status400BadRequest)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status401Unauthorized)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status403Forbidden)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status406NotAcceptable)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status413PayloadTooLarge)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status415UnsupportedMediaType)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status429TooManyRequests)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status500InternalServerError)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status503ServiceUnavailable)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status507InsufficientStorage)]
public sealed class UploadsController(
    IObjectStore objects, Scratch scratch, PublicAddress address, TimeProvider clock, IOptions<SourceOptions> source,
    StorageLimits storage) : UserController
{
    private static readonly HashSet<string> SubtitleExtensions =
        new([".srt", ".vtt", ".ass", ".ssa", ".ttml", ".dfxp", ".sbv", ".lrc", ".sub"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Stores a file, and answers an address to submit.</summary>
    /// <remarks>
    /// The first file of the form is streamed to the object store. Of a video, the address is for `source_video_url`; of a subtitle file
    /// (.srt, .vtt, .ass, .ssa, .ttml, .dfxp, .sbv, .lrc or .sub), which must be readable and at most 1 MiB, for `transcript` or
    /// `translation`. The address opens for a day, and can be submitted for as long as the file is kept: a week after its day
    /// (`Uploads:KeepHours`), and while a dub needs it.
    /// </remarks>
    /// <param name="userId">Who asks. It may be absent, and must with a token else be the token's.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The file is stored.</response>
    /// <response code="400">The form holds no file or cannot be read, or the file is a subtitle file that cannot.</response>
    /// <response code="401">The token is missing, wrong or expired, or names no user.</response>
    /// <response code="403">The user id is not the token's.</response>
    /// <response code="406">The Accept header rules JSON out.</response>
    /// <response code="413">
    /// The file is larger than is taken (`Source:MaxBytes`; 1 MiB of a subtitle file), or than what is left of the user's quota
    /// (`quota_exceeded`).
    /// </response>
    /// <response code="415">The body is not a form of type multipart/form-data.</response>
    /// <response code="429">Too many requests; `Retry-After` says in how many seconds to ask again.</response>
    /// <response code="500">Something went wrong on the server; it has been logged.</response>
    /// <response code="503">
    /// Something that the service depends on does not answer; `Retry-After` says in how many seconds to ask again.
    /// </response>
    /// <response code="507">There is no room left; try again later.</response>
    [HttpPost("/ai_dub/uploads")]
    [EnableRateLimiting(RateLimits.Submits)]
    [DisableRequestSizeLimit]
    [StreamedForm]
    [ProducesResponseType<UploadResponse>(StatusCodes.Status200OK)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE0060", Justification = "ForCaller reads it; here it is described.")]
    public async Task<IActionResult> UploadAsync([FromQuery(Name = "user_id")] string? userId, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
            return Refuse(StatusCodes.Status415UnsupportedMediaType, ErrorCodes.UnsupportedMediaType, NotAForm);

        var user = HttpContext.Features.Get<Caller>()?.UserId;
        var room = await storage.OfUploadAsync(user, Request.ContentLength, ct);
        if (room is { Bytes: 0, Refusal: { } full })
            return full.ToResult();
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
                isSubtitles = SubtitleExtensions.Contains(Path.GetExtension(sent.FileName));
                bytes = await SaveAsync(file, path, Math.Min(room.Bytes, isSubtitles ? SubtitleBytes.MaxBytes : source.Value.MaxBytes), ct);
            }
        }
        catch (IOException e) when (NoSpaceLeft.Is(e))
        {
            return DubErrors.NoSpaceLeft.ToResult();
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
            case var sent when sent > room.Bytes:
                return room.Refusal!.ToResult();
        }

        if (isSubtitles && await FaultAsync(path, ct) is { } fault)
            return Refuse(StatusCodes.Status400BadRequest, ErrorCodes.SubtitlesInvalid, $"the file cannot be read: {fault}");

        if (!storage.TryTake(user, bytes.Value))
            return room.Refusal!.ToResult();
        var key = ObjectKeys.Upload(clock.GetUtcNow(), user, Guid.NewGuid());
        try
        {
            await objects.PutAsync(key, path, "application/octet-stream", ct);
        }
        catch
        {
            storage.GiveBack(user, bytes.Value);
            throw;
        }
        var uri = await objects.AddressAsync(key, address.Of(Request), ct);
        return Ok(new UploadResponse { SourceVideoUrl = uri.AbsoluteUri, Bytes = bytes.Value });
    }

    /// <summary>What is said of a body that is no form.</summary>
    internal const string NotAForm = "the body must be a form: Content-Type: multipart/form-data";

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
            await SubtitleFile.ReadAsync(path, null, ct);
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
