using AiDub.Domain.Errors;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Gives a source one continuous time line. What its stamps need is decided from its packets: nothing, an offset, or a copy with stamps
/// laid anew, which takes the place of the source.
/// </summary>
internal sealed class ClockRepair(ToolRunner tools)
{
    // The rounding of the containers' stamps, and what a container adds to a last packet.
    private const double MostOff = 0.5;
    private readonly ClockReader _reader = new(tools);

    /// <summary>Reads the clock of a source whose times cannot be wrong.</summary>
    /// <param name="path">The source.</param>
    /// <param name="report">What ffprobe says of it.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its process.</param>
    /// <returns>The clock; null when it says nothing that can be used.</returns>
    /// <exception cref="ToolFailedException">It cannot be read.</exception>
    public async Task<SourceClock?> ReadAsync(string path, ProbeReport report, string scratch, CancellationToken ct) =>
        await _reader.ReadAsync(path, Leading(report), ClockRules.Of(report.Format!.Name, isFragmented: false), scratch, ct);

    /// <summary>Reads the clock of a source and, where one offset does not put it right, lays it anew.</summary>
    /// <param name="path">The source; it is replaced when it is laid anew.</param>
    /// <param name="report">What ffprobe says of it.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <returns>The clock that the file has now, and where it was put right.</returns>
    /// <exception cref="PermanentDubException">Its clock cannot be put right (<c>clock_broken</c>).</exception>
    /// <exception cref="ToolFailedException">It cannot be read.</exception>
    public async Task<LaidClock> LayAsync(string path, ProbeReport report, string scratch, CancellationToken ct)
    {
        var rules = await ClockReader.RulesAsync(path, report.Format!, ct);
        var clock = await _reader.ReadAsync(path, Leading(report), rules, scratch, ct) ?? throw Broken();
        if (!clock.IsBroken)
            return new LaidClock(clock, null, []);
        var streams = report.Streams.Where(s => s.CanBeCopied).ToList();
        var copy = Path.Combine(scratch, "relaid");
        foreach (var muxer in RelayArguments.Muxers(report.Format!))
        {
            // Streams of odd kinds are given up before the picture and the sound are.
            foreach (var kept in new[] { streams, [.. streams.Where(s => s.IsTimed)] }.DistinctBy(s => s.Count))
            {
                if (!await CopyAsync(path, kept, clock, rules, muxer, copy, scratch, ct))
                    continue;
                File.Move(copy, path, overwrite: true);
                return new LaidClock(clock, kept, clock.Breaks);
            }
        }

        // With damaged stamps alone it stays what it was, with a picture or a sound that is out of place for a moment.
        File.Delete(copy);
        return clock.Breaks.Count == 0 ? new LaidClock(clock, null, []) : throw Broken();
    }

    private static HashSet<int> Leading(ProbeReport report) => [.. report.Streams.Where(s => s.IsTimed).Select(s => s.Index)];

    // False where the container does not take it, or does not keep its times.
    private async Task<bool> CopyAsync(
        string path, IReadOnlyList<ProbedStream> streams, SourceClock clock, ClockRules rules, string muxer, string copy, string scratch,
        CancellationToken ct)
    {
        try
        {
            int[] indexes = [.. streams.Select(s => s.Index)];
            await tools.RunAsync(new ToolCommand("ffmpeg", RelayArguments.Copy(path, indexes, clock, rules, muxer, copy), scratch), ct);

            // What was laid is looked at again, with the copy's indexes.
            var leading = indexes.Index().Where(i => streams[i.Index].IsTimed).Select(i => i.Index).ToHashSet();
            var rulesOfCopy = ClockRules.Of(muxer, isFragmented: false);
            return await _reader.ReadAsync(copy, leading, rulesOfCopy, scratch, ct) is { IsBroken: false } laid
                && Math.Abs(laid.Seconds - clock.Seconds) < MostOff;
        }
        catch (ToolFailedException e) when (IsTheSources(e))
        {
            File.Delete(copy);
            return false;
        }
    }

    /// <summary>Whether a tool failed for what is in the source, and not for a full disk or a signal.</summary>
    internal static bool IsTheSources(ToolFailedException error) =>
        error.EndedByItself && !NoSpaceLeft.Is(error);

    private static PermanentDubException Broken() => new(FailureCode.ClockBroken);
}

/// <summary>The clock of a source that can be relied on.</summary>
/// <param name="Clock">What the packets said before anything was laid anew.</param>
/// <param name="Copied">The streams that a copy has, in its order; null: the source is as it was.</param>
/// <param name="Repaired">Where the clock was put right, in seconds from where the source begins.</param>
internal sealed record LaidClock(SourceClock Clock, IReadOnlyList<ProbedStream>? Copied, IReadOnlyList<double> Repaired);
