using System.Globalization;
using AiDub.Domain.Media;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Finds whether the picture of a source changes its size or the form of its pixels on the way, as broadcasts and recordings of live
/// streams do: the containers of results say it once for all of a picture.
/// </summary>
internal sealed class PictureChange(ToolRunner tools)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    /// <summary>Whether it does; only what may change in its container is looked at, and decoded only where its heads differ.</summary>
    /// <param name="path">The source.</param>
    /// <param name="format">Its container.</param>
    /// <param name="video">Its picture.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    public async Task<bool> IsThereAsync(string path, ProbedFormat format, VideoStream video, string scratch, CancellationToken ct) =>
        await HaveHeadsAsync(path, format, video, scratch, ct) && await HaveFormsAsync(path, video, scratch, ct);

    private async Task<bool> HaveHeadsAsync(string path, ProbedFormat format, VideoStream video, string scratch, CancellationToken ct)
    {
        if (format.Is("flv"))
            return await FlvHeads.DifferAsync(path, ct);
        if (!(format.Is("mpegts") || format.Is("mpeg")) || PictureHeads.Filter(video.Codec) is not { } filter)
            return false;
        var heads = Path.Combine(scratch, "heads");
        try
        {
            await tools.RunAsync(new ToolCommand("ffmpeg", Heads(path, video, filter, heads), scratch) { Timeout = Timeout }, ct);
            return PictureHeads.Differ(await File.ReadAllBytesAsync(heads, ct), video.Codec);
        }
        catch (ToolFailedException e) when (e.EndedByItself || e.RanTooLong)
        {
            return false;
        }
        finally
        {
            File.Delete(heads);
        }
    }

    // Of every picture that can be decoded by itself.
    private async Task<bool> HaveFormsAsync(string path, VideoStream video, string scratch, CancellationToken ct)
    {
        var forms = new HashSet<string>();
        string[] arguments =
        [
            "-v", "quiet", .. SourceFile.Guard, "-skip_frame", "nokey", "-select_streams", Number(video.Index),
            "-show_entries", "frame=width,height,pix_fmt", "-of", "csv=p=0", SourceFile.Local(path),
        ];
        try
        {
            await tools.RunAsync(
                new ToolCommand("ffprobe", arguments, scratch)
                {
                    Timeout = Timeout,
                    AllowFailure = true,
                    OnOutputLine = line =>
                    {
                        if (line.Split(',') is [var width, var height, { Length: > 0 } pixels, ..])
                            forms.Add($"{width},{height},{pixels}");
                    },
                },
                ct);
        }
        catch (ToolFailedException e) when (e.RanTooLong)
        {
            return false;
        }
        return forms.Count > 1;
    }

    private static IReadOnlyList<string> Heads(string path, VideoStream video, string filter, string output) =>
    [
        "-hide_banner", "-nostdin", "-v", "quiet", .. SourceFile.Guard, "-i", SourceFile.Local(path), "-map", $"0:{Number(video.Index)}",
        "-c", "copy", "-bsf:v", filter, "-f", "data", "-y", SourceFile.Local(output),
    ];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
