using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Media.Probing;

/// <summary>Finds out what a source is, by ffprobe.</summary>
public sealed class MediaProber(ToolRunner tools, IOptions<SourceOptions> options)
{
    private const int HeadBytes = 4096;
    private const double LongestTold = 1e9;
    private const string EstimateWarning = "Estimating duration from bitrate";
    private const string PixelsWarning = "exceeds specified max pixel count";
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PacketsTimeout = TimeSpan.FromMinutes(30);

    /// <summary>Probes a local file.</summary>
    /// <param name="path">The source.</param>
    /// <param name="scratch">A folder of the attempt's own, in which ffprobe runs.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <exception cref="PermanentDubException">
    /// <c>media_invalid</c>: not media, or damaged; <c>media_empty</c>: no bytes or no time; <c>audio_missing</c>: no audio track;
    /// <c>media_too_long</c>: longer than <see cref="SourceOptions.MaxDurationSeconds"/>; <c>media_pixels</c>, <c>media_frame_rate</c>,
    /// <c>media_streams</c>: more of those than <see cref="SourceOptions"/> allow; <c>media_too_slow</c>: it took too long to read.
    /// </exception>
    public async Task<SourceMedia> ProbeAsync(string path, string scratch, CancellationToken ct)
    {
        if (new FileInfo(path).Length == 0)
            throw new PermanentDubException("media_empty", "The source is an empty file.");
        var (isGuess, hasTooManyPixels) = (false, false);
        var report = await RunAsync(
            new ToolCommand("ffprobe", Arguments(path, "warning", "-show_format", "-show_streams", "-of", "json"), scratch)
            {
                Timeout = HeaderTimeout,
                OnErrorLine = line =>
                {
                    isGuess |= line.Contains(EstimateWarning, StringComparison.Ordinal);
                    hasTooManyPixels |= line.Contains(PixelsWarning, StringComparison.Ordinal);
                },
            },
            ct);

        // ffprobe says so and ends well.
        if (hasTooManyPixels)
            throw SourceMediaReader.TooManyPixels(options.Value);
        SourceMediaReader.CheckSize(report, options.Value);
        var stated = SourceMediaReader.StatedDuration(report);
        var seconds = stated is > 0 && !isGuess ? stated.Value : await MeasureAsync(path, SourceMediaReader.TimedStreams(report), scratch, ct);
        var media = SourceMediaReader.Read(report, await DocTypeAsync(path, ct), seconds);
        var limit = options.Value.MaxDurationSeconds;
        return seconds <= limit ? media : throw new PermanentDubException(
            "media_too_long", $"The source lasts {Clock(seconds)}; at most {Clock(limit)} can be dubbed.");
    }

    // Recordings that were streamed as they were made do not say how long they are.
    private async Task<double> MeasureAsync(string path, IReadOnlySet<int> streams, string scratch, CancellationToken ct)
    {
        var span = new PacketSpan(streams);
        await RunAsync(
            new ToolCommand("ffprobe", Arguments(path, "error", "-show_entries", "packet=stream_index,pts_time,duration_time", "-of", "csv=p=0"), scratch)
            {
                Timeout = PacketsTimeout,
                OnOutputLine = span.Add,
            },
            ct);
        return span.Seconds;
    }

    private async Task<string> RunAsync(ToolCommand command, CancellationToken ct)
    {
        try
        {
            return (await tools.RunAsync(command, ct)).StandardOutput;
        }
        catch (ToolFailedException e) when (e.StandardErrorTail.Contains(PixelsWarning, StringComparison.Ordinal))
        {
            throw SourceMediaReader.TooManyPixels(options.Value, e);
        }
        catch (ToolFailedException e) when (e.RanTooLong)
        {
            throw new PermanentDubException("media_too_slow", "The source took too long to read; it may be damaged.", e);
        }
        catch (ToolFailedException e) when (e.ExitCode == 1 || e.Crashed || e.InnerException is InvalidDataException)
        {
            throw new PermanentDubException("media_invalid", "The source is not a media file, or it is damaged.", e);
        }
    }

    private string[] Arguments(string path, string level, params string[] what) =>
    [
        "-hide_banner", "-v", level, .. SourceFile.Guard, "-max_pixels", options.Value.MaxPixels.ToString(CultureInfo.InvariantCulture), .. what,
        SourceFile.Local(path),
    ];

    // A header may state any length.
    private static string Clock(double seconds) => TimeSpan.FromSeconds(Math.Round(Math.Min(seconds, LongestTold))).ToString("c");

    private static async Task<string?> DocTypeAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[HeadBytes];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        return EbmlHead.DocType(head.AsSpan(0, read));
    }
}
