using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>Looks whether a result lasts as long as its source does. Damaged times in a source go into the copy of its picture as they are.</summary>
internal static class ResultLength
{
    // Subtitles may outlast picture and sound, and the header of a damaged file may be a little off.
    private const double MostTimes = 2;
    private const double MostMoreSeconds = 60;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Looks at the header of what was rendered.</summary>
    /// <exception cref="PermanentDubException">It is more than twice as long, and a minute (<c>media_invalid</c>).</exception>
    /// <exception cref="ToolFailedException">It cannot be read.</exception>
    public static async Task CheckAsync(ToolRunner tools, RenderJob job, CancellationToken ct)
    {
        string[] arguments =
            ["-v", "error", .. SourceFile.Guard, "-show_entries", "format=duration", "-of", "csv=p=0", SourceFile.Local(job.OutputPath)];
        var told = (await tools.RunAsync(new ToolCommand("ffprobe", arguments, job.Scratch) { Timeout = Timeout }, ct)).StandardOutput;
        if (!double.TryParse(told, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            || seconds <= (job.Media.DurationSeconds * MostTimes) + MostMoreSeconds)
            return;
        File.Delete(job.OutputPath);
        throw new PermanentDubException("media_invalid", "The times in the source are damaged: its picture cannot be shown with new sound.");
    }
}
