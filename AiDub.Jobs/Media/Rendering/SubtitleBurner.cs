using AiDub.Domain.Media;
using AiDub.Jobs.Media.Boxes;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>
/// Encodes a picture anew at a constant quality, with subtitles in it or without: H.264, HEVC where its dynamic range is high, VP9 for
/// WebM.
/// </summary>
public sealed class SubtitleBurner(ToolRunner tools)
{
    /// <summary>The subtitles' file in the folder that ffmpeg runs in: nothing in its name means anything to a filter.</summary>
    public const string FileName = "burned.srt";

    private static readonly TimeSpan FrameTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Encodes the picture of a source.</summary>
    /// <param name="source">The source, a local file.</param>
    /// <param name="media">What it was found to be; it has a picture.</param>
    /// <param name="srt">The subtitles to put into it, as SubRip; null: none.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its process.</param>
    /// <returns>A file with nothing but the picture, and its codec; null when a picture of its kind cannot be encoded, or not in time.
    /// </returns>
    /// <exception cref="ToolFailedException">ffmpeg was killed, or the disk is full.</exception>
    public async Task<(string Path, string Codec)?> BurnAsync(
        string source, SourceMedia media, string? srt, string scratch, CancellationToken ct)
    {
        var output = Path.Combine(scratch, "burned.mp4");
        var plans = BurnPlan.Of(media);
        if (plans.Count == 0)
            return null;
        if (srt is not null)
            await File.WriteAllTextAsync(Path.Combine(scratch, FileName), srt, ct);
        var light = plans[0].Range == DynamicRange.Pq ? await LightAsync(source, media, scratch, ct) : null;
        foreach (var plan in plans)
        {
            try
            {
                await tools.RunAsync(
                    new ToolCommand("ffmpeg", BurnArguments.Of(source, media, plan, light, srt is not null, output), scratch), ct);

                // What the encoder cannot be told comes into any container by the boxes of this file.
                await BoxFile.AddAsync(output, [.. light?.Boxes ?? [], .. PictureBoxes.OfTheScene(media)], ct);
                return (output, plan.Codec);
            }
            catch (ToolFailedException e) when (e.RanTooLong)
            {
                File.Delete(output);
                return null;
            }
            catch (ToolFailedException e) when (e.EndedByItself || e.Crashed)
            {
                if (NoSpaceLeft.Is(e))
                    throw;
                File.Delete(output);
            }
        }
        return null;
    }

    /// <summary>Whether a font is installed that has the letters of a language (ISO 639-1).</summary>
    public async Task<bool> HasFontAsync(string language, string scratch, CancellationToken ct)
    {
        var found = await tools.RunAsync(new ToolCommand("fc-list", [$":lang={language}", "family"], scratch), ct);
        return !string.IsNullOrWhiteSpace(found.StandardOutput);
    }

    // Broadcasts say it in the picture alone.
    private async Task<GradedLight?> LightAsync(string source, SourceMedia media, string scratch, CancellationToken ct)
    {
        string[] arguments =
        [
            "-v", "error", .. SourceFile.Guard, "-select_streams", $"{media.Video!.Index}",
            "-show_streams", "-show_frames", "-read_intervals", "%+#1", "-of", "json",
            SourceFile.Local(source),
        ];
        var told = await tools.RunAsync(new ToolCommand("ffprobe", arguments, scratch) { Timeout = FrameTimeout, AllowFailure = true }, ct);
        return told.ExitCode == 0 ? GradedLight.Read(told.StandardOutput) : null;
    }
}
