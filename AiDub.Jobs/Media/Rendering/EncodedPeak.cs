using AiDub.Domain.Audio;
using AiDub.Jobs.Tools;
using CliWrap;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>Measures the true peak of a result as it is heard once it is decoded: encoders add to peaks.</summary>
internal static class EncodedPeak
{
    /// <summary>The peak in dBTP; null when the result is silent.</summary>
    /// <exception cref="ToolFailedException">The result cannot be decoded.</exception>
    public static async Task<double?> MeasureAsync(ToolRunner tools, RenderJob job, long frames, CancellationToken ct)
    {
        var channels = RenderArguments.Channels(job.Media);
        var peaks = new TruePeakMeter(channels);
        await tools.RunAsync(
            new ToolCommand("ffmpeg", RenderArguments.DecodeResult(job), job.Scratch)
            {
                StandardOutput = PipeTarget.Create((decoded, stop) => new AudioBlocks(channels, frames).ReadAsync(
                    decoded,
                    (samples, _) =>
                    {
                        peaks.Add(samples.Span);
                        return ValueTask.CompletedTask;
                    },
                    stop)),
            },
            ct);
        return peaks.Dbtp;
    }
}
