using System.Globalization;
using AiDub.Jobs.Media.Probing;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// In which formats the sound of a source is, from what ffmpeg says while it decodes; its filters begin anew where one changes.
/// </summary>
internal sealed class AudioFormats
{
    private readonly Dictionary<int, HashSet<string>> _formats = [];
    private readonly Dictionary<int, int> _channels = [];

    // Codecs whose every frame says what it is; the head of others holds for all of a stream, unless recordings were joined.
    private static readonly HashSet<string> SelfTelling = ["mp1", "mp2", "mp3", "ac3", "eac3", "dts", "truehd", "mlp", "aac_latm"];
    private static readonly HashSet<string> Broadcast = ["mpegts", "mpeg", "flv", "aac"];

    /// <summary>The streams whose format changes, with the most channels that each has; by index.</summary>
    public IReadOnlyDictionary<int, int> Changing => _formats.Where(f => f.Value.Count > 1).ToDictionary(f => f.Key, f => _channels[f.Key]);

    /// <summary>The arguments with which ffmpeg decodes all sound of a source and says its formats.</summary>
    public static IReadOnlyList<string> Arguments(string source) =>
        [
            "-hide_banner",
            "-nostdin",
            "-nostats",
            "-v",
            "verbose",
            .. SourceFile.Guard,
            "-i",
            SourceFile.Local(source),
            "-map",
            "0:a",
            "-f",
            "null",
            "-"];

    /// <summary>Whether the sound of a source can change at all.</summary>
    public static bool CanChange(ProbeReport report, bool isJoined) => report.Streams.Any(s => s.Type == "audio" && s.HasCodec
        && (isJoined || SelfTelling.Contains(s.CodecName!) || Broadcast.Any(report.Format!.Is)));

    /// <summary>
    /// Takes a line of ffmpeg, such as <c>[graph_0_in_0_1 @ 0x55] tb:1/48000 samplefmt:fltp samplerate:48000 chlayout:5.1(side)</c>.
    /// </summary>
    public void Add(string line)
    {
        if (line.IndexOf("_in_0_", StringComparison.Ordinal) is not (>= 0 and var at) || Field(line, "samplerate:") is not { } rate)
            return;
        var digits = line.AsSpan(at + "_in_0_".Length);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        if (end <= 0 || !int.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var stream))
            return;
        var layout = Field(line, "chlayout:") ?? "";
        if (!_formats.TryGetValue(stream, out var known))
            _formats[stream] = known = [];
        known.Add($"{Field(line, "samplefmt:")} {rate} {layout}");
        _channels[stream] = Math.Max(_channels.GetValueOrDefault(stream), Channels(layout));
    }

    private static string? Field(string line, string name) => line.IndexOf(name, StringComparison.Ordinal) is >= 0 and var at
        ? line[(at + name.Length)..].Split(' ', 2)[0]
        : null;

    // As ffmpeg names layouts: mono, stereo, 5.1(side), quad, 6 channels.
    private static int Channels(string layout) => layout.Split('(')[0] switch
    {
        "mono" => 1,
        "stereo" or "downmix" => 2,
        "quad" => 4,
        "hexagonal" => 6,
        "octagonal" => 8,
        var digits when digits.Split('.') is [var wide, .. var low] && int.TryParse(wide, out var count) =>
            count + low.Sum(l => int.TryParse(l, out var subs) ? subs : 0),
        _ => 2,
    };
}
