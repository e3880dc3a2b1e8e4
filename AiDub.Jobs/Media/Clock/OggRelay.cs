using System.Globalization;
using System.IO.Pipelines;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Tools;
using CliWrap;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Lays a chained Ogg of sound, as recordings of web radio are, as one sound: demuxers take the heads of its later links for sound of about
/// a second. Every link is decoded by itself; what cannot be laid so stays as it is.
/// </summary>
internal sealed class OggRelay(ToolRunner tools)
{
    private const int Rate = 48000;
    private const int SampleBytes = 2;

    // More is told by nobody's recording.
    private const int MostLinks = 1000;

    // In seconds; what a codec leaves out at the start of a link is less.
    private const double MostLost = 0.1;
    private static readonly ClockRules Rules = ClockRules.Of("ogg", isFragmented: false);

    /// <summary>Lays it where it has several links.</summary>
    /// <param name="path">The source; it is replaced when it is laid anew.</param>
    /// <param name="report">What ffprobe says of it.</param>
    /// <param name="limits">How long it may last.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <exception cref="Domain.Errors.PermanentDubException">
    /// Its links together last longer than they may (<c>media_too_long</c>).
    /// </exception>
    /// <returns>Where links begin in the sound but for the first, in seconds; null: the source is as it was.</returns>
    public async Task<IReadOnlyList<double>?> LayAsync(
        string path, ProbeReport report, SourceOptions limits, string scratch, CancellationToken ct)
    {
        if (!report.Format!.Is("ogg") || report.Streams is not [{ Type: "audio" }])
            return null;
        var links = (await OggLinks.ReadAsync(path, ct)).Where(l => l.IsHeard).ToList();
        if (links.Count is < 2 or > MostLinks || links.Any(l => l.LongestStep > Rules.MostGap))
            return null;
        SourceLimits.CheckLength(links.Sum(l => l.Seconds), limits);
        var copy = Path.Combine(scratch, "links");
        try
        {
            if (await JoinAsync(path, links, copy, scratch, ct) is not { } starts)
                return null;
            File.Move(copy, path, overwrite: true);
            return starts;
        }
        catch (ToolFailedException e) when (ClockRepair.IsTheSources(e))
        {
            return null;
        }
        finally
        {
            File.Delete(copy);
        }
    }

    // One process after another decodes a link; one writes what they hear. Null where one hears less than its link tells.
    private async Task<IReadOnlyList<double>?> JoinAsync(
        string path, IReadOnlyList<OggLink> links, string copy, string scratch, CancellationToken ct)
    {
        var channels = links.Max(l => l.Channels);
        var (starts, seconds, areHeard) = (new List<double>(), 0.0, true);
        await FedTool.RunAsync(tools, new ToolCommand("ffmpeg", Write(channels, copy), scratch), DecodeAsync, ct);
        return areHeard ? starts : null;

        async Task DecodeAsync(PipeWriter all, CancellationToken stop)
        {
            foreach (var link in links.TakeWhile(_ => areHeard))
            {
                if (link != links[0])
                    starts.Add(seconds);
                var bytes = 0L;
                var pour = PipeTarget.Create(async (sound, token) => bytes = await PourAsync(sound, all, token));
                await tools.RunAsync(new ToolCommand("ffmpeg", Decode(path, link, channels), scratch) { StandardOutput = pour }, stop);
                var heard = bytes / (double)(Rate * channels * SampleBytes);
                areHeard = heard > 0 && heard >= link.Seconds - MostLost;
                seconds += heard;
            }
        }
    }

    private static async Task<long> PourAsync(Stream from, PipeWriter to, CancellationToken ct)
    {
        var all = 0L;
        while (await from.ReadAsync(to.GetMemory(1 << 16), ct) is var read and > 0)
        {
            to.Advance(read);
            all += read;
            if (await to.FlushAsync(ct) is { IsCompleted: true })
                break;
        }
        return all;
    }

    /// <summary>Decodes a link to standard output, with silence where pages of it were lost; pure.</summary>
    internal static IReadOnlyList<string> Decode(string path, OggLink link, int channels) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", .. SourceFile.Part(path, "ogg", link.Start, link.End),
        "-map", "0:a:0", "-af", $"aresample={Text(Rate)}:async=1", "-ac", Text(channels), "-ar", Text(Rate),
        "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1",
    ];

    /// <summary>Writes what comes by standard input without loss; pure.</summary>
    internal static IReadOnlyList<string> Write(int channels, string copy) =>
    [
        "-hide_banner", "-v", "error", "-protocol_whitelist", "pipe",
        "-f", "s16le", "-ar", Text(Rate), "-ac", Text(channels), "-i", "pipe:0",
        "-c:a", "flac", "-f", "matroska", "-y", SourceFile.Local(copy),
    ];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
