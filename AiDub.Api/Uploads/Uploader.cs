using AiDub.Api.Errors;
using AiDub.Api.Limits;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Domain.Subtitles;
using AiDub.Jobs.Dubbing.Steps.Texts;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Uploads;

/// <summary>What became of an upload.</summary>
internal abstract record UploadOutcome
{
    private UploadOutcome()
    {
    }

    /// <summary>It is in the object store.</summary>
    public sealed record Stored(string Key, long Bytes, string? FileName) : UploadOutcome;

    /// <summary>It was not taken, and nothing of it is kept.</summary>
    /// <param name="Error">What is answered.</param>
    public sealed record Refused(ErrorBody Error) : UploadOutcome;
}

/// <summary>Streams the first file of a form into the object store, as far as there is room for it.</summary>
internal sealed class Uploader(
    IObjectStore objects, Scratch scratch, TimeProvider clock, IOptions<SourceOptions> source, StorageLimits storage)
{
    // Of RFC 2046, 5.1.1; the reader takes none that its buffer does not hold.
    private const int LongestBoundary = 70;

    private static readonly HashSet<string> SubtitleExtensions = new(
        [
            ".srt", ".vtt", ".ass", ".ssa", ".ttml", ".dfxp", ".sbv", ".lrc", ".sub", ".smi", ".sami", ".mpl", ".json", ".json3", ".srv1",
            ".srv2", ".srv3", ".xml", ".scc", ".stl",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the file of a form.</summary>
    /// <param name="userId">Whose it is; null: nobody's in particular.</param>
    /// <param name="boundary">What stands between the parts of the form.</param>
    /// <param name="form">The form.</param>
    /// <param name="announced">How large the form says it is; null: it does not.</param>
    /// <param name="ct">Ends the work when the client goes away.</param>
    public async Task<UploadOutcome> TakeAsync(long? userId, string boundary, Stream form, long? announced, CancellationToken ct)
    {
        if (boundary.Length > LongestBoundary)
            return Refuse(ErrorCodes.BodyInvalid, "the form could not be read: its boundary is longer than 70 characters");
        var room = await storage.OfUploadAsync(userId, announced, ct);
        if (room is { Bytes: 0, Refusal: { } full })
            return new UploadOutcome.Refused(full);
        using var folder = scratch.Create();
        var path = Path.Combine(folder.Path, "upload");
        SavedFile? file;
        try
        {
            file = await SaveFirstAsync(new MultipartReader(boundary, form), path, room.Bytes, ct);
        }
        catch (IOException e) when (NoSpaceLeft.Is(e))
        {
            return new UploadOutcome.Refused(DubErrors.NoSpaceLeft);
        }
        // Whose disk is read-only or away is no fault of the form's.
        catch (Exception e) when (
            e is InvalidDataException or IOException && OutageRules.Of(e) is null && !ct.IsCancellationRequested)
        {
            return Refuse(ErrorCodes.BodyInvalid, "the form could not be read");
        }

        if (file is not { } sent)
            return Refuse(ErrorCodes.UploadMissing, "the form holds no file");
        if (sent.Bytes == 0)
            return Refuse(ErrorCodes.UploadMissing, "the file in the form is empty");
        if (sent.Bytes > LimitOf(sent.IsSubtitles))
            return new UploadOutcome.Refused(HttpErrors.Of(StatusCodes.Status413PayloadTooLarge));
        if (sent.Bytes > room.Bytes)
            return new UploadOutcome.Refused(room.Refusal!);
        if (sent.IsSubtitles && await FaultAsync(path, ct) is { } fault)
            return Refuse(ErrorCodes.SubtitlesInvalid, $"the file cannot be read: {fault}");
        return storage.TryTake(userId, sent.Bytes)
            ? await StoreAsync(userId, path, sent, ct)
            : new UploadOutcome.Refused(room.Refusal!);
    }

    private async Task<UploadOutcome> StoreAsync(long? userId, string path, SavedFile file, CancellationToken ct)
    {
        var key = ObjectKeys.Upload(clock.GetUtcNow(), userId, Guid.NewGuid());
        try
        {
            await objects.PutAsync(key, path, "application/octet-stream", ct);
            return new UploadOutcome.Stored(key, file.Bytes, file.Name);
        }
        catch
        {
            storage.GiveBack(userId, file.Bytes);
            throw;
        }
    }

    private async Task<SavedFile?> SaveFirstAsync(MultipartReader form, string path, long room, CancellationToken ct)
    {
        while (await form.ReadNextSectionAsync(ct) is { } section)
        {
            if (section.AsFileSection() is not { FileStream: { } file } sent)
                continue;
            var isSubtitles = SubtitleExtensions.Contains(Path.GetExtension(sent.FileName));
            var bytes = await SaveAsync(file, path, Math.Min(room, LimitOf(isSubtitles)), ct);
            return new SavedFile(bytes, isSubtitles, sent.FileName);
        }
        return null;
    }

    private long LimitOf(bool isSubtitles) => isSubtitles ? SubtitleBytes.MaxBytes : source.Value.MaxBytes;

    // One byte over the limit is enough to know.
    private static async Task<long> SaveAsync(Stream from, string path, long limit, CancellationToken ct)
    {
        await using var to = File.Create(path);
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
            await SubtitleFile.ReadAsync(path, null, isPaired: false, ct);
            return null;
        }
        catch (SubtitleFormatException e)
        {
            return e.Message;
        }
    }

    private static UploadOutcome.Refused Refuse(string code, string msg) => new(Refusal.Of(code, msg));

    private readonly record struct SavedFile(long Bytes, bool IsSubtitles, string? Name);
}
