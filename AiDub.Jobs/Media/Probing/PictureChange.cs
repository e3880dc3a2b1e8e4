using System.Globalization;
using AiDub.Domain.Media;
using AiDub.Jobs.Tools;
using CliWrap;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Finds whether the picture of a source changes its size or the form of its pixels on the way, as broadcasts, joined recordings and
/// those of live streams do: the containers of results say it once for all of a picture.
/// </summary>
internal sealed class PictureChange(ToolRunner tools)
{
    private const int BufferBytes = 1 << 16;
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
        if ((format.Is("matroska") || format.Is("mov")) && video.Codec is "h264" or "hevc")
            return await ParameterSets.DifferAsync(path, video.Codec, ct);
        if ((format.Is("matroska") || format.Is("mov")) && KeyPictures.Has(video.Codec))
        {
            var pictures = new KeyPictures(video.Codec);
            await TakeAsync(Keys(path, video), bytes => pictures.Take(bytes), scratch, ct);
            return pictures.Differ;
        }
        if (!(format.Is("mpegts") || format.Is("mpeg")) || PictureHeads.Filter(video.Codec) is not { } filter)
            return false;
        var heads = new PictureHeads(video.Codec);
        await TakeAsync(Heads(path, video, filter), bytes => heads.Take(bytes), scratch, ct);
        return heads.Differ;
    }

    // As the bytes come: a file may be made of nothing else.
    private async Task TakeAsync(IReadOnlyList<string> arguments, Action<byte[]> take, string scratch, CancellationToken ct)
    {
        var tool = new ToolCommand("ffmpeg", arguments, scratch) { Timeout = Timeout, StandardOutput = PipeTarget.Create(ReadAsync) };
        try
        {
            await tools.RunAsync(tool, ct);
        }
        catch (ToolFailedException e) when (e.EndedByItself || e.RanTooLong)
        {
            // What came until then counts.
        }

        async Task ReadAsync(Stream stream, CancellationToken stop)
        {
            var buffer = new byte[BufferBytes];
            while (await stream.ReadAsync(buffer, stop) is var read and > 0)
                take(buffer[..read]);
        }
    }

    // Of every picture that can be decoded by itself.
    private async Task<bool> HaveFormsAsync(string path, VideoStream video, string scratch, CancellationToken ct)
    {
        var (forms, shapes) = (new HashSet<string>(), new HashSet<string>());
        string[] arguments =
        [
            "-v", "quiet", .. SourceFile.Guard, "-skip_frame", "nokey", "-select_streams", Number(video.Index),
            "-show_entries", "frame=width,height,pix_fmt,sample_aspect_ratio", "-of", "csv=p=0", SourceFile.Local(path),
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
                        if (line.Split(',') is not [var width, var height, { Length: > 0 } pixels, .. var more])
                            return;
                        forms.Add($"{width},{height},{pixels}");
                        if (more is [{ Length: > 0 } shape, ..] && SourceMediaReader.Ratio(shape.Replace(':', '/')) > 0)
                            shapes.Add(shape);
                    },
                },
                ct);
        }
        catch (ToolFailedException e) when (e.RanTooLong)
        {
            // What was seen until then counts.
        }
        return forms.Count > 1 || shapes.Count > 1;
    }

    private static IReadOnlyList<string> Heads(string path, VideoStream video, string filter) =>
    [
        "-hide_banner", "-nostdin", "-v", "quiet", .. SourceFile.Guard, "-i", SourceFile.Local(path), "-map", $"0:{Number(video.Index)}",
        "-c", "copy", "-bsf:v", filter, "-f", "data", "pipe:1",
    ];

    private static IReadOnlyList<string> Keys(string path, VideoStream video) =>
    [
        "-hide_banner", "-nostdin", "-v", "quiet", .. SourceFile.Guard, "-i", SourceFile.Local(path), "-map", $"0:{Number(video.Index)}",
        "-c", "copy", "-bsf:v", "noise=drop=not(key)", "-f", "ivf", "pipe:1",
    ];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
