using System.Globalization;
using AiDub.Domain.Media;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>
/// The arguments with which ffmpeg encodes a source's picture anew, with the subtitles of <see cref="SubtitleBurner.FileName"/> in it or
/// without; pure.
/// </summary>
internal static class BurnArguments
{
    // Above full HD the encoder would be slower than anyone waits for.
    private const int ManyPixels = 2_500_000;

    // Below this x265's largest blocks do not fit into the picture.
    private const int SmallSide = 64;

    /// <summary>Writes an MP4 file with nothing but the picture.</summary>
    /// <param name="source">The source.</param>
    /// <param name="media">What it was found to be; it has a picture.</param>
    /// <param name="plan">How it is encoded.</param>
    /// <param name="light">What is known of the display that it was graded on; null: nothing.</param>
    /// <param name="hasSubtitles">Whether there are subtitles to put into it.</param>
    /// <param name="output">The file to write.</param>
    public static IReadOnlyList<string> Of(
        string source, SourceMedia media, BurnPlan plan, GradedLight? light, bool hasSubtitles, string output) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", .. plan.IsLean ? (string[])["-threads", "1"] : [], .. SourceFile.Input(source, media),
        "-map", string.Create(CultureInfo.InvariantCulture, $"0:{media.Video!.Index}"), "-map_metadata", "-1",
        // By itself an encoder counts in frames of the average length, to which the times of the others would be rounded.
        "-vf", Filters(media, plan, hasSubtitles), "-fps_mode", "passthrough", "-enc_time_base", "-1",
        .. Encoder(media, plan, light), "-f", "mp4", "-y", SourceFile.Local(output),
    ];

    private static string Filters(SourceMedia media, BurnPlan plan, bool hasSubtitles)
    {
        var filters = new List<string>();
        if (media.PictureRecords.GetValueOrDefault(PictureRecord.ShownPart) is { } part)
            filters.Add(string.Create(CultureInfo.InvariantCulture, $"{Crop(part)},setsar={PixelShape(media) ?? 1:F6}"));
        if (media.PictureChanges)
            filters.Add(OneSize(media));

        // H.264 alone keeps fields as they are.
        if (IsInterlaced(media) && plan.Codec != "h264")
            filters.Add("bwdif=mode=send_frame:deint=interlaced");
        if (IsOfNoMatrix(media.Video!.PixelFormat))
            filters.Add($"scale=out_color_matrix={(plan.Range == DynamicRange.Sdr ? "bt709" : "bt2020")}:out_range=tv");

        // 4:2:0 has colour for two by two pixels; VP9 crops by itself.
        if (plan.Codec != "vp9")
            filters.Add("crop=trunc(iw/2)*2:trunc(ih/2)*2");
        filters.Add($"format={PixelFormat(plan)}");
        if (hasSubtitles)
            filters.Add($"subtitles=filename={SubtitleBurner.FileName}{Shown(media)}{White(plan.Range)}");
        return string.Join(',', filters);
    }

    // ffmpeg leaves these edges out by itself from 7.1 on: of a picture that has no room for them any more nothing is cut.
    private static string Crop(string part) => part.Split(':') is [var width, var height, var left, var top]
        ? $"crop={width}:{height}:'if(gte(iw,{width}+{left}),{left},0)':'if(gte(ih,{height}+{top}),{top},0)'"
        : $"crop={part}";

    // The size that the picture begins with; what has another shape gets bars. ffmpeg begins its filters anew for another size alone: for
    // another shape of the pixels they have to look again.
    private static string OneSize(SourceMedia media)
    {
        var (width, height, shape) = (media.Video!.Width, media.Video.Height, PixelShape(media) ?? 1);

        // What is turned comes upright.
        if (IsTurned(media))
            (width, height, shape) = (height, width, 1 / shape);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"scale=w='min({width},2*round({height}*dar/{shape:F6}/2))':h='min({height},2*round({width}*{shape:F6}/dar/2))':eval=frame,"
                + $"pad={width}:{height}:(ow-iw)/2:(oh-ih)/2:eval=frame,setsar={shape:F6}");
    }

    private static double? PixelShape(SourceMedia media) =>
        media.PictureRecords.GetValueOrDefault(PictureRecord.SampleAspect)?.Split(':') is [var over, var under]
            && double.TryParse(over, CultureInfo.InvariantCulture, out var n)
            && double.TryParse(under, CultureInfo.InvariantCulture, out var d)
            && n / d is > 0.1 and < 10
            ? n / d
            : null;

    // The letters have the shape of the display's pixels, not of the stored ones.
    private static string Shown(SourceMedia media)
    {
        if (media.Video is not { Width: > 0, Height: > 0 } video || PixelShape(media) is not { } shape)
            return "";
        var (width, height) = ((int)Math.Round(video.Width * shape), video.Height);
        var isTurned = IsTurned(media);
        return string.Create(CultureInfo.InvariantCulture, $":original_size={(isTurned ? height : width)}x{(isTurned ? width : height)}");
    }

    private static bool IsTurned(SourceMedia media) => PictureRecord.IsTurned(media.PictureRecords);

    // Full white would be 10,000 cd/m² in PQ. Reference white is 203 cd/m², 58 % of PQ's numbers and 75 % of HLG's (ITU-R BT.2408).
    private static string White(DynamicRange range) => range switch
    {
        DynamicRange.Pq => ":force_style='PrimaryColour=&H00949494'",
        DynamicRange.Hlg => ":force_style='PrimaryColour=&H00BFBFBF'",
        _ => "",
    };

    private static IEnumerable<string> Encoder(SourceMedia media, BurnPlan plan, GradedLight? light) => plan.Codec switch
    {
        "vp9" =>
        [
            "-c:v", "libvpx-vp9", "-crf", "30", "-b:v", "0", "-deadline", "realtime",
            "-cpu-used", plan.IsLean ? "8" : "6", "-row-mt", "1", "-lag-in-frames", "0",
            .. plan.IsLean ? (string[])["-threads", "1"] : [],
        ],
        "hevc" =>
            [
                "-c:v",
                "libx265",
                "-preset",
                IsLarge(media) || plan.IsLean ? "ultrafast" : "veryfast",
                "-crf",
                "20",
                "-x265-params",
                X265(media, plan, light),
                "-tag:v",
                "hvc1"],
        _ =>
        [
            "-c:v", "libx264", "-preset", plan.IsLean ? "ultrafast" : "veryfast",
            "-crf", "19", .. IsInterlaced(media) ? (string[])["-flags", "+ilme+ildct"] : [],
            .. plan.IsLean ? (string[])["-threads", "1"] : [],
        ],
    };

    private static string X265(SourceMedia media, BurnPlan plan, GradedLight? light)
    {
        List<string> parameters = ["log-level=error", "repeat-headers=1"];
        if (plan.Range == DynamicRange.Pq)
            parameters.AddRange(["hdr10=1", .. light is null ? (string[])[] : [.. light.X265]]);
        if (media.Video is { Width: > 0 and < SmallSide } or { Height: > 0 and < SmallSide })
            parameters.Add("ctu=16");
        if (plan.IsLean)
            parameters.AddRange(["pools=1", "frame-threads=1", "rc-lookahead=0", "bframes=0"]);
        return string.Join(':', parameters);
    }

    private static string PixelFormat(BurnPlan plan) => plan.Range == DynamicRange.Sdr ? "yuv420p" : "yuv420p10le";

    private static bool IsLarge(SourceMedia media) => (long)media.Video!.Width * media.Video.Height > ManyPixels;

    private static bool IsInterlaced(SourceMedia media) => media.PictureRecords.ContainsKey(PictureRecord.FieldOrder);

    private static bool IsOfNoMatrix(string? format) =>
        format is not null
            && !format.StartsWith("yuv", StringComparison.Ordinal)
            && !format.StartsWith("nv", StringComparison.Ordinal)
            && !format.StartsWith('p');
}
