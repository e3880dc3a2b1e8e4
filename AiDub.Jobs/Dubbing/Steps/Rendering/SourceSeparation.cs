using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Media;
using AiDub.Jobs.Media.Rendering;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Dubbing.Steps.Rendering;

/// <summary>Writes the background of a source, as FLAC at half its level.</summary>
/// <remarks>On the way, an hour of sound takes 2.5 GB of the scratch folder.</remarks>
public sealed class SourceSeparation(ToolRunner tools)
{
    private const double DecodedShare = 0.05;
    private const double SeparatedShare = 0.95;

    /// <summary>Decodes a source, has it separated, and encodes its background.</summary>
    /// <param name="separator">What separates it.</param>
    /// <param name="source">The source.</param>
    /// <param name="media">What it was found to be.</param>
    /// <param name="path">The file to write; it is replaced.</param>
    /// <param name="scratch">A folder of the attempt's own; what is written there on the way is removed.</param>
    /// <param name="progress">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <exception cref="ToolFailedException">ffmpeg could not decode the source.</exception>
    /// <exception cref="Domain.Errors.TransientDubException">The separator broke off.</exception>
    public async Task WriteAsync(
        ISourceSeparator separator,
        string source,
        SourceMedia media,
        string path,
        string scratch,
        IProgress<double> progress,
        CancellationToken ct)
    {
        var (recording, background) = (Path.Combine(scratch, "recording.f32"), Path.Combine(scratch, "background.f32"));
        try
        {
            await tools.RunAsync(
                new ToolCommand("ffmpeg", BackgroundFile.DecodeSource(source, media, recording), scratch)
                {
                    OnOutputLine = line =>
                    {
                        if (FfmpegProgress.Share(line, media.DurationSeconds) is { } share)
                            progress.Report(DecodedShare * share);
                    },
                },
                ct);
            await separator.SeparateAsync(recording, background, progress.Part(DecodedShare, SeparatedShare), ct);
            await tools.RunAsync(new ToolCommand("ffmpeg", BackgroundFile.Encode(background, path), scratch), ct);
        }
        finally
        {
            File.Delete(recording);
            File.Delete(background);
        }
    }
}
