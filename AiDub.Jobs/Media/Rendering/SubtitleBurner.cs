using AiDub.Domain.Media;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>Puts subtitles into a picture, which is encoded anew for it: H.264 at a constant quality, VP9 for WebM.</summary>
public sealed class SubtitleBurner(ToolRunner tools)
{
    /// <summary>The subtitles' file in the folder that ffmpeg runs in: nothing in its name means anything to a filter.</summary>
    public const string FileName = "burned.srt";

    /// <summary>Encodes the picture of a source with subtitles in it.</summary>
    /// <param name="source">The source, a local file.</param>
    /// <param name="media">What it was found to be; it has a picture.</param>
    /// <param name="srt">The subtitles as SubRip.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its process.</param>
    /// <returns>The path of a file with nothing but the picture.</returns>
    public async Task<string> BurnAsync(string source, SourceMedia media, string srt, string scratch, CancellationToken ct)
    {
        var output = Path.Combine(scratch, media.Container == Container.Webm ? "burned.webm" : "burned.mp4");
        await File.WriteAllTextAsync(Path.Combine(scratch, FileName), srt, ct);
        await tools.RunAsync(new ToolCommand("ffmpeg", RenderArguments.Burn(source, media, output), scratch), ct);
        return output;
    }

    /// <summary>Whether a font is installed that has the letters of a language (ISO 639-1).</summary>
    public async Task<bool> HasFontAsync(string language, string scratch, CancellationToken ct)
    {
        var found = await tools.RunAsync(new ToolCommand("fc-list", [$":lang={language}", "family"], scratch), ct);
        return !string.IsNullOrWhiteSpace(found.StandardOutput);
    }
}
