using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Jobs.Media.Boxes;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>
/// Looks whether a result lasts as long as its source does, shows its picture and says of it what the source says, whatever the muxer was
/// told.
/// </summary>
internal static class ResultCheck
{
    // Subtitles may outlast picture and sound, and the header of a damaged file may be a little off.
    private const double MostTimes = 2;
    private const double MostMoreSeconds = 60;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    // A picture that was encoded anew is upright, has the usual range and whole frames, and nothing that is not shown.
    private static readonly string[] NotOfAnEncodedPicture =
        [PictureRecord.Rotation, PictureRecord.Range, PictureRecord.FieldOrder, PictureRecord.ShownPart];

    /// <summary>Looks at the header of what was rendered.</summary>
    /// <param name="tools">Runs ffprobe.</param>
    /// <param name="job">What was rendered.</param>
    /// <param name="entry">What the result's index says of its picture, where it has one.</param>
    /// <param name="ct">Ends the work and its process.</param>
    /// <returns>The records of the source's picture that the result lacks, by the names of <see cref="PictureRecord"/>.</returns>
    /// <exception cref="PermanentDubException">It is more than twice as long, and a minute, or has no picture though the source has one
    /// (<c>media_invalid</c>): damaged times go into the copy of a picture as they are, and nothing does of a damaged picture.</exception>
    /// <exception cref="ToolFailedException">It cannot be read.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(ToolRunner tools, RenderJob job, PictureEntry? entry, CancellationToken ct)
    {
        string[] arguments =
        [
            "-v", "error", .. SourceFile.Guard, "-show_format", "-show_streams", "-of", "json",
            SourceFile.Local(job.OutputPath),
        ];
        var told = (await tools.RunAsync(new ToolCommand("ffprobe", arguments, job.Scratch) { Timeout = Timeout }, ct)).StandardOutput;
        if (job.Media.Video is { } picture && !SourceMediaReader.HasPicture(told) && await IsThereAsync(tools, job, picture, ct))
            throw Unshown(job, "The picture of the source is damaged: nothing of it can be shown with new sound.");
        if (SourceMediaReader.HeaderDuration(told) > (job.Media.DurationSeconds * MostTimes) + MostMoreSeconds)
            throw Unshown(job, "The times in the source are damaged: its picture cannot be shown with new sound.");
        if (job.Media.Video is null)
            return [];
        var said = PictureBoxes.With(SourceMediaReader.FirstPictureRecords(told), entry);
        return job.PicturePath is null
            ? PictureRecord.Lost(job.Media.PictureRecords, said)
            : [.. PictureRecord.Lost(PictureRecord.Upright(job.Media.PictureRecords), said).Except(NotOfAnEncodedPicture)];
    }

    // A recorder whose camera is off leaves a track in which there is nothing to lose.
    private static async Task<bool> IsThereAsync(ToolRunner tools, RenderJob job, VideoStream picture, CancellationToken ct)
    {
        string[] arguments =
        [
            "-v", "error", .. SourceFile.Guard, "-select_streams", picture.Index.ToString(CultureInfo.InvariantCulture),
            "-read_intervals", "%+#1", "-show_entries", "packet=size", "-of", "csv=p=0", SourceFile.Local(job.SourcePath),
        ];
        var told = (await tools.RunAsync(new ToolCommand("ffprobe", arguments, job.Scratch) { Timeout = Timeout }, ct)).StandardOutput;
        return !string.IsNullOrWhiteSpace(told);
    }

    private static PermanentDubException Unshown(RenderJob job, string reason)
    {
        File.Delete(job.OutputPath);
        return new PermanentDubException(FailureCode.MediaInvalid, reason);
    }
}
