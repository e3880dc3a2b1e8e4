using System.Globalization;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Media.Boxes;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Lays an MP4 or QuickTime file of which an edit list shows parts slower or faster than they were recorded, as slow motion is stored, as
/// it is shown: demuxers know nothing of such rates. The picture is copied with other times, the sound is stretched.
/// </summary>
internal sealed class SpeedRelay(ToolRunner tools)
{
    // A list that is longer is no person's work, and its sum would be one that ffmpeg cannot read.
    private const int MostParts = 100;

    // What ffmpeg's atempo can do.
    private const double FastestRate = 100;

    /// <summary>Lays it where any part has a rate.</summary>
    /// <param name="path">The source; it is replaced when it is laid anew.</param>
    /// <param name="report">What ffprobe says of it.</param>
    /// <param name="limits">How long it may be at most as it is shown.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its process.</param>
    /// <returns>
    /// The streams that the copy has, in its order, null where the source is as it was; whether it has rates that are left out.
    /// </returns>
    /// <exception cref="Domain.Errors.PermanentDubException">It is longer than it may be (<c>media_too_long</c>).</exception>
    public async Task<(IReadOnlyList<ProbedStream>? Copied, bool IsIgnored)> LayAsync(
        string path, ProbeReport report, SourceOptions limits, string scratch, CancellationToken ct)
    {
        if (!report.Format!.Is("mov") || await BoxFile.IndexAsync(path, ct) is not { } index)
            return (null, false);
        var shown = Parts(index.Moov, report);
        if (!shown.Any(s => s.Parts.Any(p => p.From >= 0 && p.Rate != ShownPart.AsRecorded)))
            return (null, false);
        SourceLimits.CheckLength(shown.Max(s => s.Parts.Sum(p => p.Seconds)), limits);
        if (Arguments(path, shown, Path.Combine(scratch, "speeds")) is not { } arguments)
            return (null, true);
        try
        {
            await tools.RunAsync(new ToolCommand("ffmpeg", arguments, scratch), ct);
            File.Move(Path.Combine(scratch, "speeds"), path, overwrite: true);
            return ([.. shown.Select(s => s.Stream)], false);
        }
        catch (ToolFailedException e) when (ClockRepair.IsTheSources(e))
        {
            File.Delete(Path.Combine(scratch, "speeds"));
            return (null, true);
        }
    }

    // What fragments last no index knows.
    private static List<(ProbedStream Stream, IReadOnlyList<ShownPart> Parts)> Parts(byte[] moov, ProbeReport report)
    {
        var shown = new List<(ProbedStream, IReadOnlyList<ShownPart>)>();
        if (Box.In(moov, 0, moov.Length) is not [{ Name: "moov" } root, ..] || root.Child(moov, "mvex") is not null)
            return shown;
        var tracks = root.Inside(moov).Where(b => b.Name == "trak").ToLookup(t => Name(moov, t));
        foreach (var stream in report.Streams.Where(s => s.IsTimed && s.CanBeCopied))
        {
            // Of tracks that bear the same number nobody knows which is which.
            if (tracks[stream.Id ?? ""].ToList() is not [var trak])
                return [];
            shown.Add((stream, ShownPart.Of(moov, root, trak)));
        }
        return shown;
    }

    // As ffprobe names it.
    private static string Name(ReadOnlySpan<byte> moov, Box trak) => Text($"0x{TrackNumber.Of(moov, trak):x}");

    /// <summary>Copies the pictures and stretches the sounds; null where their parts do not let them be copied; pure.</summary>
    internal static IReadOnlyList<string>? Arguments(
        string path, IReadOnlyList<(ProbedStream Stream, IReadOnlyList<ShownPart> Parts)> shown, string copy)
    {
        var (filters, maps, codecs) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var (i, (stream, parts)) in shown.Index())
        {
            if (parts.Count > MostParts || parts.Any(p => p.Rate is < 0 or > FastestRate) || !ShownPart.AreInOrder(parts))
                return null;
            var isSound = stream.Type == "audio";
            if (isSound && parts.Count > 0)
                filters.Add(ShownPart.Sound(parts, Text($"0:{stream.Index}"), Text($"s{i}")));
            maps.AddRange("-map", isSound && parts.Count > 0 ? Text($"[s{i}]") : Text($"0:{stream.Index}"));
            codecs.AddRange(Text($"-c:{i}"), isSound ? "pcm_s16le" : "copy");
            if (isSound)
                continue;
            if (ShownPart.Picture(parts) is not { } times)
                return null;
            codecs.AddRange(Text($"-bsf:{i}"), times);
        }
        return
        [
            "-hide_banner", "-nostdin", "-v", "error", "-copyts", "-ignore_editlist", "1", .. SourceFile.Guard,
            "-i", SourceFile.Local(path),
            .. filters.Count > 0 ? ["-filter_complex", string.Join(';', filters)] : (string[])[],
            .. maps, .. codecs, "-map_chapters", "-1", "-strict", "unofficial", "-f", "mov", "-y", SourceFile.Local(copy),
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
