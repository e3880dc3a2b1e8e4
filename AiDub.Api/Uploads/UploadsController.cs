using System.Diagnostics;
using AiDub.Api.Auth;
using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Http;
using AiDub.Api.Limits;
using AiDub.Api.Wire;
using AiDub.Domain.Ports;
using AiDub.Domain.Sources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace AiDub.Api.Uploads;

/// <summary>Takes videos that lie nowhere on the web.</summary>
[ForCaller(IsOptionalInOpenMode = true)]
internal sealed class UploadsController(Uploader uploader, IObjectStore objects, PublicUrl address) : UserController
{
    /// <summary>Stores a file, and answers an address to submit.</summary>
    /// <remarks>
    /// The first file of the form is streamed to the object store. Of a video, the address is for `source_video_url`; of a subtitle file
    /// (.srt, .vtt, .ass, .ssa, .ttml, .dfxp, .sbv, .lrc, .sub, .smi, .sami, .mpl, .json, .json3, .srv1, .srv2, .srv3 or .xml), which must
    /// be readable and at most 2 MiB, as JSON or XML 8, for `transcript` or `translation`. The address opens for a day, and can be
    /// submitted for as long as the file is kept: a week after its day (`Uploads:KeepHours`), and while a dub needs it.
    /// </remarks>
    /// <response code="200">The file is stored.</response>
    /// <response code="400">The form holds no file or cannot be read, or the file is a subtitle file that cannot.</response>
    /// <response code="413">
    /// The file is larger than is taken (`Source:MaxBytes`; 8 MiB of a subtitle file), or than what is left of the user's quota
    /// (`quota_exceeded`).
    /// </response>
    /// <response code="415">The body is not a form of type multipart/form-data.</response>
    /// <response code="507">There is no room left; try again later.</response>
    [HttpPost("/ai_dub/uploads", Name = "uploadFile")]
    [BeginsWork]
    [DisableRequestSizeLimit]
    [StreamedForm]
    public async Task<ActionResult<UploadResponse>> UploadAsync(CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
            return NotAForm.ToResult();

        var user = HttpContext.Features.Get<Caller>()?.UserId;
        switch (await uploader.TakeAsync(user, boundary, Request.Body, Request.ContentLength, ct))
        {
            case UploadOutcome.Stored stored:
                // By its address a file is called what it was called where it came from, and so is what is made of it.
                var name = stored.FileName is { Length: > 0 } sent ? SourceName.FileOf(sent) : null;
                var uri = name is null
                    ? await objects.AddressAsync(stored.Key, address.Of(Request), ct)
                    : await objects.AddressAsync(stored.Key, address.Of(Request), new ServedName(name), ct);
                return new UploadResponse { SourceVideoUrl = uri.AbsoluteUri, Bytes = stored.Bytes };
            case UploadOutcome.Refused refused:
                return refused.Error.ToResult();
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The body is no form.</summary>
    internal static ErrorBody NotAForm { get; } =
        Refusal.Of(ErrorCodes.UnsupportedMediaType, "the body must be a form: Content-Type: multipart/form-data");
}
