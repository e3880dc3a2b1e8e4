using System.Globalization;
using System.Text.Json;
using AiDub.Domain.Media;

namespace AiDub.Jobs.Media.Probing;

/// <summary>Reads what ffprobe says of a picture; pure.</summary>
internal static class PictureReader
{
    private const int LongestText = 200;

    // What the muxer lays out anew, and what is not about the picture.
    private static readonly HashSet<string> NotOfThePicture = ["CPB properties", "Producer Reference Time", "Skip Samples", "Replay Gain"];
    private static readonly string[] Transparent = ["yuva", "gbrap", "argb", "rgba", "abgr", "bgra", "ya8", "ya16"];
    private static readonly HashSet<string> Unsaid =
    [
        "", "unknown", "reserved", "unspecified", "0:1", "1:1", "N/A", "progressive", "tv", "gbr",
        "und",
    ];

    /// <summary>The records of a picture's stream by their names of <see cref="PictureRecord"/>.</summary>
    public static IReadOnlyDictionary<string, string> Records(ProbeReport report, ProbedStream video)
    {
        var told = new Dictionary<string, string>();
        Add(PictureRecord.Primaries, video.ColorPrimaries);
        Add(PictureRecord.Transfer, video.ColorTransfer);
        Add(PictureRecord.Matrix, video.ColorSpace);
        Add(PictureRecord.Range, video.ColorRange);
        Add(PictureRecord.SampleAspect, video.SampleAspectRatio);
        Add(PictureRecord.FieldOrder, video.FieldOrder);
        Add(PictureRecord.Timecode, Timecode(report, video));
        Add(PictureRecord.Title, Tag(video, "title"));
        Add(PictureRecord.Language, LanguageTags.OfStream(Tag(video, "language")));
        Add(PictureRecord.Alpha, Tag(video, "alpha_mode") == "1" || HasAlpha(video.PixelFormat) ? "1" : null);
        foreach (var side in video.SideData.Where(s => s.ValueKind == JsonValueKind.Object))
        {
            if (Text(side, "side_data_type") is { Length: > 0 } kind && !NotOfThePicture.Contains(kind))
                AddSideData(kind, side);
        }
        return told;

        void Add(string name, string? value)
        {
            if (value is not null && value.Length <= LongestText && !Unsaid.Contains(value))
                told[name] = value;
        }

        void AddSideData(string kind, JsonElement side)
        {
            var (name, value) = kind switch
            {
                "DOVI configuration record" =>
                    (PictureRecord.DolbyVision, $"{Text(side, "dv_profile")}.{Text(side, "dv_bl_signal_compatibility_id")}"),
                "Spherical Mapping" => (PictureRecord.Spherical, Values(side)),
                "Stereo 3D" when Text(side, "type") == "2D" => ("", ""),
                "Stereo 3D" => (PictureRecord.Stereo, Values(side)),
                "Mastering display metadata" => (PictureRecord.Mastering, Values(side)),
                "Content light level metadata" => (PictureRecord.ContentLight, Values(side)),
                "Display Matrix" => (PictureRecord.Rotation, Text(side, "rotation") is "0" or "-0" ? null : Text(side, "rotation")),
                _ => (kind.ToLowerInvariant().Replace(' ', '_'), "present"),
            };
            if (name.Length is > 0 and <= LongestText)
                Add(name, value);
        }
    }

    // A recording's clock is told of the picture, of a track of its own, or of the file.
    private static string? Timecode(ProbeReport report, ProbedStream video) =>
        Tag(video, "timecode")
        ?? report.Streams.Where(s => s.Type == "data").Select(s => Tag(s, "timecode")).FirstOrDefault(t => t is not null)
        ?? report.Format!.Tags.GetValueOrDefault("timecode");

    private static bool HasAlpha(string? format) =>
        format is not null && Transparent.Any(start => format.StartsWith(start, StringComparison.Ordinal));

    private static string? Tag(ProbedStream stream, string name) => stream.Tags.GetValueOrDefault(name);

    private static string Values(JsonElement side) => string.Join(' ', side.EnumerateObject()
        .Where(p => p.Name != "side_data_type").OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => Number(p.Value.ToString())));

    // Fractions as decimals: each container has a denominator of its own.
    private static string Number(string value) =>
        value.Split('/') is [var over, var under]
            && double.TryParse(over, CultureInfo.InvariantCulture, out var n)
            && double.TryParse(under, CultureInfo.InvariantCulture, out var d)
            && d > 0
            ? (n / d).ToString("0.######", CultureInfo.InvariantCulture)
            : value.Replace(' ', '_');

    private static string? Text(JsonElement side, string name) => side.TryGetProperty(name, out var value) ? value.ToString() : null;
}
