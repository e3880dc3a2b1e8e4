using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Tools;
using CliWrap;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Lays sound whose rate or channels change inside a stream as sound of one format: no container tells of two, and what follows a change
/// would be silent or in the wrong place.
/// </summary>
internal sealed class AudioRelay(ToolRunner tools)
{
    private const int Rate = 48000;

    /// <summary>
    /// Whether the times of a source's sound are counted from its first rate, so that after a change they are wrong: nothing but joined
    /// ADTS or Ogg.
    /// </summary>
    public static bool IsMiscounted(ProbeReport report) =>
        (report.Format!.Is("aac") || report.Format.Is("ogg"))
            && report.Streams.Count(s => s.IsTimed) == 1
            && report.Streams.Count(s => s.CanBeCopied) == 1;

    /// <summary>Looks whether the format of any sound changes, and lays it as one; it is decoded to find out.</summary>
    /// <param name="path">The source; it is replaced when sound of it is laid anew.</param>
    /// <param name="report">What ffprobe says of it.</param>
    /// <param name="start">The stamp at which it begins, in seconds.</param>
    /// <param name="isJoined">Whether its clock was broken, so that another recording may follow in it.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <returns>The streams that the copy has, in its order; null: the source is as it was.</returns>
    /// <exception cref="PermanentDubException">Its sound cannot be laid as one (<c>clock_broken</c>).</exception>
    public async Task<IReadOnlyList<ProbedStream>?> LayAsync(
        string path, ProbeReport report, double start, bool isJoined, string scratch, CancellationToken ct)
    {
        if (!AudioFormats.CanChange(report, isJoined))
            return null;
        var formats = new AudioFormats();
        await tools.RunAsync(
            new ToolCommand("ffmpeg", AudioFormats.Arguments(path), scratch) { OnErrorLine = formats.Add, AllowFailure = true }, ct);
        var changing = formats.Changing;
        if (changing.Count == 0)
            return null;
        var all = report.Streams.Where(s => s.CanBeCopied).ToList();
        var copy = Path.Combine(scratch, "one-sound");
        foreach (var streams in new[] { all, [.. all.Where(s => s.IsTimed)] }.DistinctBy(s => s.Count))
        {
            try
            {
                await CopyAsync(path, streams, start, changing, IsMiscounted(report), copy, scratch, ct);
                File.Move(copy, path, overwrite: true);
                return streams;
            }
            catch (ToolFailedException e) when (ClockRepair.IsTheSources(e))
            {
                File.Delete(copy);
            }
        }
        throw new PermanentDubException(
            FailureCode.ClockBroken, "The sound of the source changes its format on the way and cannot be joined.");
    }

    // One process decodes, whatever comes, into one format with times; the other fills and trims by those times, which it can only do
    // without a change.
    private Task CopyAsync(
        string path, IReadOnlyList<ProbedStream> streams, double start,
        IReadOnlyDictionary<int, int> changing, bool isMiscounted, string copy, string scratch,
        CancellationToken ct) =>
        FedTool.RunAsync(
            tools,
            new ToolCommand("ffmpeg", Join(path, streams, start, changing, isMiscounted, copy), scratch),
            (heard, stop) => tools.RunAsync(
                new ToolCommand("ffmpeg", Decode(path, start, changing, isMiscounted), scratch)
                {
                    StandardOutput = PipeTarget.ToStream(heard.AsStream(leaveOpen: true)),
                },
                stop),
            ct);

    /// <summary>
    /// Decodes the sound that changes to standard output, one sample after the other where its times are miscounted; pure.
    /// </summary>
    internal static IReadOnlyList<string> Decode(string path, double start, IReadOnlyDictionary<int, int> changing, bool isMiscounted) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", .. SourceFile.Input(path, start),
        .. changing.SelectMany((stream, i) => new[] { "-map", Text($"0:{stream.Key}"), Text($"-ac:{i}"), Text($"{stream.Value}") }),
        "-af", Text($"aresample={Rate},atrim=start=0"), "-ar", Text($"{Rate}"),
        "-c:a", "pcm_s16le", "-f", isMiscounted ? "s16le" : "nut", "pipe:1",
    ];

    /// <summary>Joins what comes by standard input to the other streams as they are; pure.</summary>
    internal static IReadOnlyList<string> Join(
        string path, IReadOnlyList<ProbedStream> streams, double start,
        IReadOnlyDictionary<int, int> changing, bool isMiscounted, string copy)
    {
        var decoded = changing.Keys.ToList();
        return
        [
            "-hide_banner", "-v", "error", "-fflags", "+genpts", .. SourceFile.Input(path, start),
            "-protocol_whitelist", "pipe", "-thread_queue_size", "512",
            .. isMiscounted ? new[] { "-f", "s16le", "-ar", Text($"{Rate}"), "-ac", Text($"{changing.Values.First()}") } : ["-f", "nut"],
            "-i", "pipe:0",
            .. streams.SelectMany(s =>
                new[] { "-map", decoded.IndexOf(s.Index) is >= 0 and var at ? Text($"1:{at}") : Text($"0:{s.Index}") }),
            "-c", "copy", "-copyinkf", "-strict", "unofficial",
            .. streams.Index().Where(s => changing.ContainsKey(s.Item.Index)).SelectMany(s => new[]
            {
                Text($"-c:{s.Index}"), "flac", Text($"-filter:{s.Index}"), Text($"aresample={Rate}:async=1:first_pts=0:min_hard_comp=0.01"),
            }),
            "-f", "matroska", "-y", SourceFile.Local(copy),
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
