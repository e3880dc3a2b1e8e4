using System.Globalization;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Sources;
using AiDub.Domain.Speech;
using AiDub.Domain.Subtitles;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps.Texts;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Reads the texts that the user gave; first of all, because they are small and may be wrong.</summary>
public sealed class TextsStep(ISourceFetcher fetcher, IObjectStore objects) : IDubStep
{
    /// <summary>The largest file that is fetched from an address, in bytes: 8 MiB.</summary>
    public const int MaxBytes = SubtitleBytes.MaxBytes;

    private const string Forbidden = "its address is not one that files may be fetched from";

    // The fetcher speaks of videos.
    private static readonly Dictionary<FailureCode, string> Reasons = new()
    {
        [FailureCode.SourceNotFound] = "there is no file at its address",
        [FailureCode.SourceTooLarge] = "it is larger than 8 MB",
        [FailureCode.SourceForbidden] = Forbidden,
        [FailureCode.SourcePortForbidden] = Forbidden,
        [FailureCode.SourceBucketForbidden] = Forbidden,
        [FailureCode.SourceAddressInvalid] = Forbidden,
        [FailureCode.SourceUnreachable] = "its server does not exist",
        [FailureCode.SourceCertificateInvalid] = "its server has no valid certificate",
        [FailureCode.SourceTimeout] = "it took too long to arrive",
        [FailureCode.SourceIsWebPage] = "there is a web page at its address, not a text file",
        [FailureCode.SourceIsArchive] = "there is an archive or a compressed file at its address, not a text file",
        [FailureCode.SourceRedirects] = "its server redirects too many times",
    };

    /// <inheritdoc />
    public string Name => "texts";

    /// <inheritdoc />
    public bool IsNeeded(DubOrder order) => order.Transcript is not null || order.Translation is not null;

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var order = context.Order;
        var mended = new List<string>();
        var transcript = await ReadAsync(context, GivenText.Transcript, order.Transcript, order.FromLang, mended, ct);
        var translation = await ReadAsync(context, GivenText.Translation, order.Translation, order.ToLang, mended, ct);
        if (mended.Count > 0)
            context.Warn(WarningCode.TextRepaired, string.Join(" ", mended));
        string?[] odd =
        [
            Oddness(GivenText.Transcript, transcript?.Texts, order.FromLang),
            Oddness(GivenText.Translation, translation?.Texts, order.ToLang),
        ];
        if (odd.Any(said => said is not null))
            context.Warn(WarningCode.TextScriptDiffers, string.Join(" ", odd.OfType<string>()));
        var given = new GivenTexts(transcript?.Texts, translation?.Texts)
        {
            TranscriptRate = transcript?.SupposedRate,
            TranslationRate = translation?.SupposedRate,
        };
        await context.Artifacts.WriteAsync(ObjectKeys.GivenTexts(order.SourceId), given, ct);
    }

    private async Task<ReadText?> ReadAsync(
        DubContext context, GivenText text, TextPlace? place, string? language, List<string> mended, CancellationToken ct)
    {
        if (place is null)
            return null;
        var path = await BringAsync(context, text, place, ct);
        try
        {
            var read = await SubtitleFile.ReadAsync(path, language, IsPaired(context.Order), ct);
            if (read.Mended.Length > 0)
                mended.Add($"The {text.Name} was not as it should be and was mended: {read.Mended}.");
            return read;
        }
        catch (SubtitleFormatException e)
        {
            throw new PermanentDubException(text.Invalid, $"The {text.Name} cannot be read: {e.Message}.", e);
        }
    }

    private static bool IsPaired(DubOrder order) => order.Transcript is not null && order.Translation is not null;

    // It may be the file of another language. It is spoken all the same: names and what is written in other letters by intent may be right.
    private static string? Oddness(GivenText text, IReadOnlyList<TimedText>? texts, string? language) =>
        texts is null || language is null || AnsweredText.IsWrittenIn(WritingSystem.Of(language), texts.Select(t => t.Text))
            ? null
            : $"The {text.Name} is mostly not in the letters that {LanguageCode.EnglishName(language)} is written in: "
                + "is it of that language?";

    private Task<string> BringAsync(DubContext context, GivenText text, TextPlace place, CancellationToken ct) => place switch
    {
        TextPlace.Stored stored => context.Artifacts.OpenAsync(stored.Key, ct),
        TextPlace.Linked linked => FetchAsync(context, text, linked.Address, ct),
        _ => throw new ArgumentOutOfRangeException(nameof(place)),
    };

    private async Task<string> FetchAsync(DubContext context, GivenText text, string address, CancellationToken ct)
    {
        try
        {
            if (objects.KeyOf(SentUrl.Clean(address)) is { } uploaded)
                return await UploadedAsync(context, uploaded, ct);
            var path = context.Artifacts.NewFile(".txt");
            if (await fetcher.FetchAsync(address, path, FetchedKind.Text, MaxBytes, context.Progress, ct) is { } lacking)
                context.Warn(WarningCode.TextRepaired, $"The server of the {text.Name} always breaks off: {Sent(lacking)} were read.");
            return path;
        }
        catch (PermanentDubException e)
        {
            throw new PermanentDubException(text.Unavailable, $"The {text.Name} could not be fetched: {Reason(e.Code)}.", e);
        }
    }

    private async Task<string> UploadedAsync(DubContext context, string key, CancellationToken ct) =>
        await objects.SizeAsync(key, ct) switch
        {
            null => throw new PermanentDubException(FailureCode.SourceNotFound, "The uploaded file is no longer there."),
            > MaxBytes => throw new PermanentDubException(FailureCode.SourceTooLarge, "The uploaded file is too large."),
            _ => await objects.MaterializeAsync(key, context.Scratch, ct),
        };

    private static string Sent(ShortFile file) => string.Create(
        CultureInfo.InvariantCulture, $"{file.Bytes}{(file.Stated is { } stated ? $" of {stated}" : "")} bytes");

    private static string Reason(FailureCode code) => Reasons.GetValueOrDefault(code, "its server refused to send it");

    // One of the two texts, and what fails with it.
    private sealed record GivenText(string Name, FailureCode Invalid, FailureCode Unavailable)
    {
        public static readonly GivenText Transcript =
            new("transcript", FailureCode.TranscriptInvalid, FailureCode.TranscriptUnavailable);
        public static readonly GivenText Translation =
            new("translation", FailureCode.TranslationInvalid, FailureCode.TranslationUnavailable);
    }
}
