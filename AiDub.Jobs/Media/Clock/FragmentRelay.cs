using AiDub.Domain.Errors;
using AiDub.Jobs.Media.Boxes;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Writes an MP4 of fragments anew in which another index follows on the way, as downloads of streams with advertisements have: demuxers
/// read the first one only. It becomes a transport stream, which may change.
/// </summary>
internal sealed class FragmentRelay(ToolRunner tools)
{
    private static readonly HashSet<string> Carried = ["h264", "hevc", "aac", "mp3", "ac3", "eac3"];
    private readonly PartRelay _parts = new(tools);

    /// <summary>Writes it anew where another index follows.</summary>
    /// <param name="path">The source; it is replaced when it is written anew.</param>
    /// <param name="report">What ffprobe says of it.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <returns>Whether it was written anew.</returns>
    /// <exception cref="PermanentDubException">A part cannot be read (<c>clock_broken</c>).</exception>
    public async Task<bool> LayAsync(string path, ProbeReport report, string scratch, CancellationToken ct)
    {
        if (!report.Streams.Where(s => s.IsTimed).All(s => Carried.Contains(s.CodecName ?? "")))
            return false;
        var starts = await StartsAsync(path, ct);
        if (starts.Count is 0 or > PartRelay.MostParts)
            return false;
        await _parts.LayAsync(
            path, "mov", starts, (source, part) => Task.FromResult(Arguments(source, part)), "index", scratch, ct);
        return true;
    }

    // Where each index but the first begins that says something else than the one before, with the box before it that says what the file
    // is; only fragments follow an index that is none of a whole file.
    private static async Task<IReadOnlyList<long>> StartsAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var boxes = await BoxFile.TopAsync(file, ct);
        if (boxes.Count(b => b.Name == "moov") < 2)
            return [];
        var (starts, known) = (new List<long>(), (byte[]?)null);
        for (var i = 0; i < boxes.Count; i++)
        {
            if (boxes[i] is not { Name: "moov", Size: <= BoxFile.LargestIndex } || boxes[i].At + boxes[i].Size > file.Length)
                continue;
            if (!boxes.Skip(i + 1).TakeWhile(b => b.Name != "moov").Any(b => b.Name == "moof"))
                return [];
            var moov = new byte[boxes[i].Size];
            file.Position = boxes[i].At;
            await file.ReadExactlyAsync(moov, ct);
            if (known is not null && !moov.AsSpan().SequenceEqual(known))
                starts.Add(i > 0 && boxes[i - 1].Name == "ftyp" ? boxes[i - 1].At : boxes[i].At);
            known = moov;
        }
        return starts;
    }

    // Stamps begin late enough for pictures that are decoded before the first one is shown.
    private static IReadOnlyList<string> Arguments(IReadOnlyList<string> source, string part) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", "-copyts", .. source, "-map", "0:v?", "-map", "0:a?", "-c", "copy", "-copyinkf",
        "-output_ts_offset", "10", "-muxdelay", "0", "-muxpreload", "0", "-f", "mpegts", "-y", SourceFile.Local(part),
    ];
}
