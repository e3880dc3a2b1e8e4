using AiDub.Domain.Media;

namespace AiDub.Jobs.Media.Probing;

/// <summary>Which container a result is written in, and what it can carry without encoding it again.</summary>
internal static class ContainerRules
{
    private static readonly HashSet<string> Mp4Video =
    [
        "h264", "hevc", "av1", "mpeg4", "vp9", "mpeg2video", "mpeg1video", "mjpeg", "png", "vc1",
    ];
    private static readonly HashSet<string> WebmVideo = ["vp8", "vp9", "av1"];
    private static readonly HashSet<string> BrowserVideo = ["h264", "hevc", "av1"];
    private static readonly HashSet<string> CoverImages = ["mjpeg", "png", "bmp"];
    private static readonly HashSet<string> MkvSubtitles =
        ["subrip", "ass", "ssa", "webvtt", "text", "dvd_subtitle", "hdmv_pgs_subtitle", "hdmv_text_subtitle", "dvb_subtitle"];

    private static readonly HashSet<string> Mp4Audio = ["aac", "mp3", "mp2", "ac3", "eac3", "alac", "opus", "flac", "dts"];
    private static readonly HashSet<string> MovAudio =
    [
        "aac", "mp3", "ac3", "eac3", "alac", "pcm_s16le", "pcm_s16be", "pcm_s24le",
        "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le", "pcm_f32be", "pcm_mulaw", "pcm_alaw",
    ];
    private static readonly HashSet<string> MkvAudio =
    [
        "aac", "mp3", "mp2", "ac3", "eac3", "dts", "truehd", "flac", "alac", "opus", "vorbis", "wavpack", "wmav2",
        "pcm_u8", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_f32le", "pcm_mulaw", "pcm_alaw",
    ];
    private static readonly HashSet<string> WebmAudio = ["opus", "vorbis"];
    private static readonly HashSet<string> M4aAudio = ["aac", "alac", "ac3"];

    /// <summary>The container for a source; <paramref name="docType"/> is that of its EBML head.</summary>
    public static Container Choose(ProbedFormat format, ProbedStream? video, string? docType)
    {
        if (video is null)
            return Container.M4a;
        var codec = video.CodecName!;
        if (format.Is("mov"))
            return format.Tags.GetValueOrDefault("major_brand")?.Trim() == "qt" || !Mp4Video.Contains(codec)
                ? Container.Mov
                : Container.Mp4;
        if (format.Is("matroska"))
            return docType == "webm" && WebmVideo.Contains(codec) ? Container.Webm : Container.Mkv;

        // What browsers play goes where browsers play it. AVI has no times that MP4 could keep.
        return !format.Is("avi") && BrowserVideo.Contains(codec) ? Container.Mp4 : Container.Mkv;
    }

    /// <summary>Whether a container can carry a stream as it is.</summary>
    public static bool Carries(Container container, ProbedStream stream) => (container, stream.Type) switch
    {
        (_, "audio") => stream.Channels > 0 && (container switch
        {
            Container.Mp4 => Mp4Audio,
            Container.Mov => MovAudio,
            Container.Mkv => MkvAudio,
            Container.M4a => M4aAudio,
            _ => WebmAudio,
        }).Contains(stream.CodecName ?? ""),
        (_, "attachment") => container == Container.Mkv && stream.Tags.ContainsKey("mimetype") && stream.Tags.ContainsKey("filename"),
        (Container.Mp4 or Container.M4a, "video") when stream.IsCover => CoverImages.Contains(stream.CodecName ?? ""),
        (_, "video") when stream.IsCover => false,
        (Container.Mp4, "video") => Mp4Video.Contains(stream.CodecName ?? ""),
        (Container.Mov, "video") => stream.HasCodec,
        (Container.Mkv, "video") => stream.HasCodec,
        (Container.Webm, "video") => WebmVideo.Contains(stream.CodecName ?? ""),
        (Container.Mp4 or Container.Mov, "subtitle") => stream.CodecName is "mov_text",
        (Container.Mkv, "subtitle") => MkvSubtitles.Contains(stream.CodecName ?? ""),
        (Container.Webm, "subtitle") => stream.CodecName is "webvtt",
        _ => false,
    };

    /// <summary>
    /// Whether a stream is neither carried nor lost: chapter titles and time codes, which the muxer writes anew, and where the buttons of a
    /// DVD's player lead.
    /// </summary>
    public static bool IsNoLoss(ProbedFormat format, ProbedStream stream) =>
        stream.Type == "data"
        && ((format.Is("mov") && stream.Tag is "text" or "tmcd") || stream.CodecName == "dvd_nav_packet");
}
