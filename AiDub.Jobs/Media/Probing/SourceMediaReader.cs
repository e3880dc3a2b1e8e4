using System.Globalization;
using System.Text.Json;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;

namespace AiDub.Jobs.Media.Probing;

/// <summary>Reads what ffprobe says of a source; pure.</summary>
public static class SourceMediaReader
{
    private const double CodecDelay = 0.09;
    private const int LongestTitle = 200;

    // By how much the last chapter may end behind picture and sound.
    private const double Rounding = 0.5;

    /// <summary>The length in seconds that a source's header states, from the first sample to the last; null when it states none.</summary>
    /// <exception cref="PermanentDubException">The text is not a report of ffprobe (<c>media_invalid</c>).</exception>
    public static double? StatedDuration(string json)
    {
        var format = Report(json).Format!;
        if (Number(format.Duration) is not { } duration)
            return null;

        // These two count from time 0, the others from where the file starts. A few milliseconds before it are a codec's delay, which is
        // not heard.
        var start = Number(format.StartTime) ?? 0;
        if (format.Is("matroska"))
            return start < -CodecDelay ? duration - start : duration - Math.Max(0, start);
        return format.Is("mov") ? duration - Math.Max(0, start) : duration;
    }

    /// <summary>What a source is.</summary>
    /// <param name="json">The report of <c>ffprobe -show_format -show_streams -of json</c>.</param>
    /// <param name="docType">The DocType of its EBML head, or null.</param>
    /// <param name="durationSeconds">How long it lasts.</param>
    /// <exception cref="PermanentDubException">
    /// It is not media (<c>media_invalid</c>), has no sound (<c>audio_missing</c>), is encrypted (<c>media_encrypted</c>) or lasts no time
    /// (<c>media_empty</c>).
    /// </exception>
    public static SourceMedia Read(string json, string? docType, double durationSeconds)
    {
        var report = Report(json);
        // What Apple's and Audible's shops sold: decoded without a key it is noise.
        if (report.Streams.Any(s => s.Tag is "drms" or "drmi" or "aavd"))
            throw new PermanentDubException(FailureCode.MediaEncrypted);
        var pictures = report.Streams.Where(s => s.Type == "video" && !s.IsCover).ToList();
        var video = MainPicture.Of([.. pictures.Where(s => s is { HasCodec: true, Width: > 0, Height: > 0 })]);
        var audio = Preferred(report.Streams.Where(s => IsSound(s) && !report.IsElsewhere(video, s)));
        if (audio is null)
        {
            throw report.Streams.Any(s => s.Type == "audio")
                ? Invalid("The sound of the source is damaged or in a format that is not known.")
                : new PermanentDubException(FailureCode.AudioMissing);
        }
        var isLost = video is null && pictures.Count > 0;
        if (isLost && !BeginsBehindItsPicture(report.Format!, pictures))
            throw Invalid("The picture of the source is damaged or in a format that is not known.");
        // Common encryption in WebM and Matroska.
        if (video?.Tags.ContainsKey("enc_key_id") is true || audio.Tags.ContainsKey("enc_key_id"))
            throw new PermanentDubException(FailureCode.MediaEncrypted);
        if (!(durationSeconds > 0))
            throw new PermanentDubException(FailureCode.MediaEmpty, "The source lasts no time.");

        var container = ContainerRules.Choose(report.Format!, video, docType);
        var others = report.Streams
            .Where(s => !IsSound(s) && s != video && !(isLost && pictures.Contains(s)))
            .ToLookup(s => ContainerRules.Carries(container, s));
        var tracks = ProbedAudio.Read(report, video, container);
        var media = new SourceMedia
        {
            Container = container,
            DurationSeconds = durationSeconds,
            StartSeconds = Number(report.Format!.StartTime) ?? 0,
            PictureIsLeftOut = isLost,
            Video = video is null ? null : Picture(report.Format!, video),
            PictureRecords = video is null ? new Dictionary<string, string>() : PictureReader.Records(report, video),
            Audio = tracks.Single(t => t.Index == audio.Index),
            AudioTracks = tracks,
            CarriedStreams = [.. others[true].Select(s => s.Index)],
            Tags = others[true]
                .Concat(report.Streams.Where(IsSound))
                .ToDictionary(s => s.Index, s => KeptTags(s, container))
                .Where(t => t.Value.Count > 0)
                .ToDictionary(),
            DroppedStreams =
            [
                .. others[false].Where(s => !ContainerRules.IsNoLoss(report.Format!, s))
                    .Select(s => $"{s.Type}/{Named(s)}"),
            ],
        };
        return media.Dubbing(media.Audio);
    }

    /// <summary>Whether a chapter of a source ends behind the source itself.</summary>
    internal static bool ChaptersOutlast(string json, SourceMedia media) => Report(json).Chapters
        .Any(chapter => Number(chapter.EndTime) > media.DurationSeconds + media.StartSeconds + Rounding);

    // A piece of a broadcast tells of pictures, and shows none before one that stands alone: from those behind it no size is known.
    private static bool BeginsBehindItsPicture(ProbedFormat format, IReadOnlyList<ProbedStream> pictures) =>
        (format.Is("mpegts") || format.Is("mpeg"))
        && pictures.All(p => p is { Width: 0, Height: 0, CodecName: "h264" or "hevc" or "mpeg2video" or "mpeg1video" or "mpeg4" or "vc1" });

    private static VideoStream Picture(ProbedFormat format, ProbedStream video) => new(video.Index, video.CodecName!, FrameSeconds(video))
    {
        PixelFormat = video.PixelFormat,
        Width = video.Width,
        Height = video.Height,
        Track = format.Is("mov")
            && video.Id is ['0', 'x', .. var number]
            && int.TryParse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var track)
            ? track
            : null,
    };

    // What cameras record beside picture and sound has no codec, but a name by which their programs find it.
    private static string Named(ProbedStream stream) => stream switch
    {
        { HasCodec: true, CodecName: not "bin_data" } => stream.CodecName!,
        { Tag: { Length: 4 } tag } when tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') => tag,
        _ => stream.HasCodec ? stream.CodecName! : "unknown",
    };

    private static bool IsSound(ProbedStream stream) => stream is { Type: "audio", HasCodec: true, Channels: > 0 };

    private static IReadOnlyDictionary<string, string> KeptTags(ProbedStream stream, Container container) => stream.Type == "audio"
        ? ProbedAudio.KeptTags(stream, container)
        : stream.Tags
            .Select(t => (Key: t.Key.ToLowerInvariant(), t.Value))
            .Where(t => stream.Type == "attachment" ? t.Key is "filename" or "mimetype"
                : (t.Key == "language" && t.Value.Length is 2 or 3) || (t.Key == "title" && t.Value.Length <= LongestTitle))
            .ToDictionary(t => t.Key, t => t.Value);

    /// <summary>The length in seconds that a header states, as it is; null when it states none.</summary>
    internal static double? HeaderDuration(string json) => Number(Report(json).Format!.Duration);

    /// <summary>Which of a source's pictures is one of its streams, from 0.</summary>
    internal static int PictureNumber(string json, VideoStream video) =>
        Report(json).Streams.Count(s => s.Type == "video" && s.Index < video.Index);

    /// <summary>Whether a file has a picture that is no cover.</summary>
    internal static bool HasPicture(string json) => Report(json).Streams.Any(s => s.Type == "video" && !s.IsCover);

    /// <summary>What a file says of its first picture, by the names of <see cref="PictureRecord"/>; nothing when it has none.</summary>
    public static IReadOnlyDictionary<string, string> FirstPictureRecords(string json) =>
        Report(json) is var report && report.Streams.FirstOrDefault(s => s.Type == "video") is { } video
            ? PictureReader.Records(report, video)
            : new Dictionary<string, string>();

    /// <summary>The report as it can be asked.</summary>
    internal static ProbeReport Report(string json)
    {
        try
        {
            var report = JsonSerializer.Deserialize<ProbeReport>(json);
            return report is { Format: not null, Streams.Count: > 0 }
                ? report.WithLanguageOfFile()
                : throw Invalid("The source holds neither sound nor picture.");
        }
        catch (JsonException e)
        {
            throw Invalid("The source could not be read as media.", e);
        }
    }

    private static PermanentDubException Invalid(string message, Exception? inner = null) => new(FailureCode.MediaInvalid, message, inner);

    private static ProbedStream? Preferred(IEnumerable<ProbedStream> streams) => streams.OrderBy(s => s.IsDefault ? 0 : 1).FirstOrDefault();

    private static double FrameSeconds(ProbedStream video) => Ratio(video.AverageFrameRate) is > 0 and var average ? 1 / average
        : Ratio(video.RealFrameRate) is > 0 and var real ? 1 / real
        : 0;

    internal static double Ratio(string? text) =>
        text?.Split('/') is [var over, var under] && Number(over) is { } n && Number(under) is > 0 and var d ? n / d : 0;

    internal static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
