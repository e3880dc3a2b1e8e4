using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Sources;
using AiDub.Domain.Subtitles;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps.Texts;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Reads the texts that the user gave; first of all, because they are small and may be wrong.</summary>
public sealed class TextsStep(ISourceFetcher fetcher, IObjectStore objects) : IDubStep
{
    /// <summary>The largest file that is fetched from an address, in bytes: 1 MiB.</summary>
    public const int MaxBytes = SubtitleBytes.MaxBytes;

    /// <inheritdoc />
    public string Name => "texts";

    /// <inheritdoc />
    public bool IsNeeded(DubOrder order) => order.Transcript is not null || order.Translation is not null;

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var order = context.Order;
        var mended = new List<string>();
        var transcript = await ReadAsync(
            context, "transcript", order.Transcript, ObjectKeys.GivenTranscript(order.SourceId), order.FromLang, mended, ct);
        var translation = await ReadAsync(
            context, "translation", order.Translation, ObjectKeys.GivenTranslation(order.SourceId), order.ToLang, mended, ct);
        if (mended.Count > 0)
            context.Warn("text_repaired", string.Join(" ", mended));
        await context.Artifacts.WriteAsync(ObjectKeys.GivenTexts(order.SourceId), new GivenTexts(transcript, translation), ct);
    }

    private async Task<IReadOnlyList<TimedText>?> ReadAsync(
        DubContext context, string name, string? place, string sent, string? language, List<string> mended, CancellationToken ct)
    {
        if (place is null)
            return null;
        var path = await BringAsync(context, name, place, sent, ct);
        try
        {
            var (texts, what) = await SubtitleFile.ReadAsync(path, language, ct);
            if (what.Length > 0)
                mended.Add($"The {name} was not as it should be and was mended: {what}.");
            return texts;
        }
        catch (SubtitleFormatException e)
        {
            throw new PermanentDubException($"{name}_invalid", $"The {name} cannot be read: {e.Message}.", e);
        }
    }

    private async Task<string> BringAsync(DubContext context, string name, string place, string sent, CancellationToken ct)
    {
        if (place == sent)
            return await context.Artifacts.OpenAsync(place, ct);
        try
        {
            if (objects.KeyOf(SentAddress.Clean(place)) is { } uploaded)
                return await UploadedAsync(context, uploaded, ct);
            var path = context.Artifacts.NewFile(".txt");
            await fetcher.FetchAsync(place, path, FetchedKind.Text, MaxBytes, context.Progress, ct);
            return path;
        }
        catch (PermanentDubException e)
        {
            throw new PermanentDubException($"{name}_unavailable", $"The {name} could not be fetched: {Reason(e.Code)}.", e);
        }
    }

    private async Task<string> UploadedAsync(DubContext context, string key, CancellationToken ct) =>
        await objects.SizeAsync(key, ct) switch
    {
        null => throw new PermanentDubException("source_not_found", "The uploaded file is no longer there."),
        > MaxBytes => throw new PermanentDubException("source_too_large", "The uploaded file is too large."),
        _ => await objects.MaterializeAsync(key, context.Scratch, ct),
    };

    // The fetcher speaks of videos.
    private static string Reason(string code) => code switch
    {
        "source_not_found" => "there is no file at its address",
        "source_too_large" => "it is larger than 1 MB",
        "source_forbidden" or "source_port_forbidden" or "source_bucket_forbidden" or "source_address_invalid" =>
            "its address is not one that files may be fetched from",
        "source_unreachable" => "its server does not exist",
        "source_certificate_invalid" => "its server has no valid certificate",
        "source_timeout" => "it took too long to arrive",
        "source_is_web_page" => "there is a web page at its address, not a text file",
        "source_is_archive" => "there is an archive or a compressed file at its address, not a text file",
        "source_redirects" => "its server redirects too many times",
        _ => "its server refused to send it",
    };
}
