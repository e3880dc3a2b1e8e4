using AiDub.Domain.Media;

namespace AiDub.Jobs.Media.Probing;

/// <summary>Reads what ffprobe says of audio tracks; pure.</summary>
internal static class ProbedAudio
{
    private const int LongestTitle = 200;

    // What programs write where a title may stand, when nobody gave one.
    private static readonly string[] NoTitles = ["handler", "core media", "iso media", "gpac", "bento4"];

    /// <summary>The audio tracks that can be decoded. One that cannot keeps its number: people count all of them.</summary>
    public static IReadOnlyList<AudioStream> Read(ProbeReport report, ProbedStream? picture, Container container) =>
    [
        .. report.Streams.Where(s => s.Type == "audio").Index().Where(s => s.Item is { HasCodec: true, Channels: > 0 }).Select(s =>
            new AudioStream(s.Item.Index, s.Item.CodecName!, IsAmbisonic(s.Item) ? 2 : s.Item.Channels)
            {
                Number = s.Index,
                Layout = IsAmbisonic(s.Item) ? "stereo" : s.Item.ChannelLayout is { Length: > 0 } layout and not "unknown" ? layout : null,
                IsAmbisonic = IsAmbisonic(s.Item),
                StereoAt = IsAmbisonic(s.Item) && s.Item.ChannelLayout!.EndsWith("+stereo", StringComparison.Ordinal)
                    ? s.Item.Channels - 2
                    : null,
                LanguageTag = Language(s.Item),
                SecondLanguageTag = s.Item.Channels == 2 ? Language(s.Item, 1) : null,
                Title = Title(s.Item),
                Roles = [.. s.Item.Disposition.Where(d => d.Value == 1).Select(d => d.Key)],
                IsElsewhere = report.IsElsewhere(picture, s.Item),
                CanBeCarried = ContainerRules.Carries(container, s.Item),
            }),
    ];

    /// <summary>The tags that a track keeps beside the dubbed one.</summary>
    public static IReadOnlyDictionary<string, string> KeptTags(ProbedStream stream, Container container)
    {
        var tags = new Dictionary<string, string>();
        if (Language(stream) is { } language)
            tags["language"] = language;
        if (Title(stream) is { } title)
            tags[container is Container.Mkv or Container.Webm ? "title" : "handler_name"] = title;
        return tags;
    }

    private static bool IsAmbisonic(ProbedStream stream) =>
        stream.Channels >= 4 && stream.ChannelLayout?.StartsWith("ambisonic", StringComparison.Ordinal) is true;

    // A transport stream may name two languages of one track: the first is of its first channel.
    private static string? Language(ProbedStream stream, int number = 0) =>
        stream.Tags.GetValueOrDefault("language")?.Trim().Split(',', ';').ElementAtOrDefault(number) is { Length: >= 2 and <= 35 } tag
            && tag is not "und"
            && tag.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? tag
            : null;

    private static string? Title(ProbedStream stream)
    {
        var told = stream.Tags.GetValueOrDefault("title")
            ?? stream.Tags.GetValueOrDefault("name")
            ?? stream.Tags.GetValueOrDefault("handler_name")
            ?? "";
        var title = string.Concat(told.Where(c => !char.IsControl(c))).Trim();
        if (NoTitles.Any(none => title.Contains(none, StringComparison.OrdinalIgnoreCase)))
            return null;
        return title.Length switch
        {
            0 => null,
            > LongestTitle => title[..(char.IsHighSurrogate(title[LongestTitle - 1]) ? LongestTitle - 1 : LongestTitle)],
            _ => title,
        };
    }
}
