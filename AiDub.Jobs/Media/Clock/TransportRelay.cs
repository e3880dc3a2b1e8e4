using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Writes a transport stream anew in which one codec follows another: every part by itself, so that the parts make one stream again. Sound
/// that changes becomes PCM (SMPTE 302M), a picture that does H.264.
/// </summary>
internal sealed class TransportRelay(ToolRunner tools)
{
    /// <summary>The options with which sound becomes PCM.</summary>
    internal static readonly string[] Pcm = ["-c:a", "s302m", "-sample_fmt", "s16", "-ac", "2", "-ar", "48000", "-strict", "experimental"];

    private static readonly TimeSpan LookTimeout = TimeSpan.FromMinutes(2);
    private readonly PartRelay _parts = new(tools);

    /// <summary>Writes the stream anew where its tables change.</summary>
    /// <param name="path">The source; it is replaced when it is written anew.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <returns>What changes; null: it is as it was.</returns>
    /// <exception cref="PermanentDubException">A part cannot be decoded (<c>clock_broken</c>).</exception>
    public async Task<TransportChanges?> LayAsync(string path, string scratch, CancellationToken ct)
    {
        var changes = await TransportTables.ChangesAsync(path, ct);
        if (changes.At.Count is 0 or > PartRelay.MostParts)
            return null;
        await _parts.LayAsync(
            path,
            "mpegts",
            changes.At,
            async (source, part) => Arguments(source, changes, changes.IsOfPicture ? await PicturesAsync(source, scratch, ct) : [], part),
            changes.IsOfPicture ? "picture's codec" : "sound's codec",
            scratch,
            ct);
        return changes;
    }

    private async Task<IReadOnlyList<PartPicture>> PicturesAsync(IReadOnlyList<string> source, string scratch, CancellationToken ct)
    {
        string[] arguments = ["-v", "error", .. source, "-show_format", "-show_streams", "-of", "json"];
        var told = await tools.RunAsync(new ToolCommand("ffprobe", arguments, scratch) { Timeout = LookTimeout }, ct);
        return
        [
            .. SourceMediaReader.Report(told.StandardOutput).Streams
                .Where(s => s.Type == "video")
                .Select(s => new PartPicture(s.CodecName == "h264", s.FieldOrder is "tt" or "bb" or "tb" or "bt")),
        ];
    }

    /// <summary>Writes one part; pure.</summary>
    /// <param name="source">The options that open it.</param>
    /// <param name="changes">What changes in the whole.</param>
    /// <param name="pictures">The pictures of the part; none where pictures do not change.</param>
    /// <param name="part">The file to write.</param>
    internal static IReadOnlyList<string> Arguments(
        IReadOnlyList<string> source, TransportChanges changes, IReadOnlyList<PartPicture> pictures, string part) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", "-copyts", .. source,
        "-map", "0:v?", "-map", "0:a?", "-map", "0:s?", "-c", "copy", "-copyinkf",
        .. changes.IsOfSound ? Pcm : [],
        .. pictures.Index().Where(p => !p.Item.IsH264).SelectMany(p => Encoded(p.Index, p.Item)),
        "-muxdelay", "0", "-muxpreload", "0", "-f", "mpegts", "-y", SourceFile.Local(part),
    ];

    /// <summary>Encodes a picture as H.264; pure.</summary>
    /// <remarks>
    /// It is encoded once more with the others: nothing is to be seen of the first time. Without pictures that are stored out of order it
    /// begins where it begins. An odd width or height, which 4:2:0 cannot have, is made even by a black line.
    /// </remarks>
    internal static IEnumerable<string> Encoded(int number, PartPicture picture)
    {
        var stream = string.Create(CultureInfo.InvariantCulture, $":v:{number}");
        return
        [
            "-c" + stream, "libx264", "-preset" + stream, "veryfast", "-crf" + stream, "14", "-bf" + stream, "0",
            "-filter" + stream, "pad=ceil(iw/2)*2:ceil(ih/2)*2",
            "-pix_fmt" + stream, "yuv420p", "-fps_mode" + stream, "passthrough", "-enc_time_base" + stream, "-1",
            .. picture.HasFields ? (string[])["-flags" + stream, "+ilme+ildct"] : [],
        ];
    }

    /// <summary>A picture of a part.</summary>
    /// <param name="IsH264">Whether it is H.264, as it is to be.</param>
    /// <param name="HasFields">Whether it is interlaced.</param>
    internal readonly record struct PartPicture(bool IsH264, bool HasFields);
}
