using System.Text;
using System.Text.Json;
using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Domain.Subtitles;
using AiDub.Jobs.Dubbing.Editing;
using AiDub.Jobs.Storage;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Exports;

/// <summary>Exports the texts of finished dubs.</summary>
[Route("ai_dub/{request_id:guid}")]
internal sealed class ExportsController(OwnedDubs dubs, DubEditing editing, IObjectStore objects, Scratch scratch) : UserController
{
    /// <summary>Downloads what is said, or what is spoken, as a subtitle file or as JSON.</summary>
    /// <remarks>
    /// With all edits, as long as the dub can be edited. The transcript has the times of the source. The translation as `srt` or `vtt`
    /// stays after that: as it was rendered.
    /// </remarks>
    /// <param name="requestId">The id that the dub was accepted under.</param>
    /// <param name="text">`transcript` or `translation`.</param>
    /// <param name="format">`srt`, `vtt` or `json`.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    /// <response code="200">The file, as an attachment.</response>
    /// <response code="404">This user has no such dub that is complete, or the text is kept no longer (`export_not_found`).</response>
    /// <response code="406">The Accept header rules the answer out.</response>
    [HttpGet("{text:regex(^(transcript|translation)$)}.{format:regex(^(srt|vtt|json)$)}", Name = "exportText")]
    [ProducesResponseType<SegmentsAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> ExportAsync(
        [FromRoute(Name = "request_id")] Guid requestId, string text, string format, CancellationToken ct)
    {
        if (await dubs.FindAsync(UserId, requestId, ct) is not { Record: { } record })
            return DubErrors.NotFound.ToResult();
        var isTranslation = text == "translation";
        var language = isTranslation ? record.Order.ToLang : record.Response.FromLang;
        var name = $"{text}.{language}.{format}";
        if (await editing.FindAsync(record, ct) is { } dub)
            return File(Encoding.UTF8.GetBytes(Write(dub, isTranslation, language, format)), TypeOf(format), name);
        return isTranslation && format != "json" && await RenderedAsync(record, format, ct) is { } rendered
            ? File(rendered, TypeOf(format), name)
            : DubErrors.NoExport.ToResult();
    }

    private static string Write(EditableDub dub, bool isTranslation, string language, string format)
    {
        if (format == "json")
            return JsonSerializer.Serialize(SegmentsAnswer.Of(dub), WireJson.Options);
        var cues = dub.Segments
            .Select(s => isTranslation
                ? (Start: s.DubStart ?? s.Start, End: s.DubEnd ?? s.End, Text: s.TranslationCaption ?? s.Translation)
                : (s.Start, s.End, Text: s.TextCaption ?? s.Text))
            .Where(s => !string.IsNullOrWhiteSpace(s.Text))
            .OrderBy(s => s.Start)
            .SelectMany(s => CueSplitter.Split(s.Start, s.End, s.Text));
        return format == "srt" ? SubtitleText.ToSrt(cues, language) : SubtitleText.ToVtt(cues, language);
    }

    private async Task<byte[]?> RenderedAsync(DubRecord record, string format, CancellationToken ct)
    {
        using var folder = scratch.Create();
        try
        {
            var path = await objects.MaterializeAsync(format == "srt" ? record.Response.SrtKey : record.Response.VttKey, folder.Path, ct);
            return await System.IO.File.ReadAllBytesAsync(path, ct);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static string TypeOf(string format) => format switch
    {
        "srt" => "application/x-subrip",
        "vtt" => "text/vtt; charset=utf-8",
        _ => "application/json; charset=utf-8",
    };
}
