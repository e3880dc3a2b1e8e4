using System.Globalization;
using AiDub.Domain.Media;

namespace AiDub.Jobs.Media;

/// <summary>
/// How ffmpeg and ffprobe are told to open a source: as one local file in a known container, never as a list of other files or addresses.
/// </summary>
public static class SourceFile
{
    private const string Demuxers =
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,wav,w64,mp3,flac,aac,ac3,"
        + "eac3,aiff,amr,caf,au,wv,ape,tta,mpc,mpc8,mxf,dv,nut,rm,"
        + "dts,dtshd,truehd,mlp,loas,spdif,amrnb,amrwb,voc,nistsphere,oma,qcp,dsf,wtv,gxf";

    // What has a picture and never any sound: it is opened so that it can be said.
    private const string Silent =
        "h264,hevc,m4v,mpegvideo,vc1,obu,ivf,gif,apng,webp_pipe,png_pipe,jpeg_pipe,bmp_pipe,tiff_pipe";

    /// <summary>The options that stand before an input's path; no picture is larger than the largest that may be configured.</summary>
    /// <remarks>
    /// Broadcasts, program streams and FLV do not list what is in them, and the first picture or sound may come late: it is looked for in
    /// ten minutes or 50 MB, in place of five seconds.
    /// </remarks>
    public static IReadOnlyList<string> Guard { get; } =
    [
        "-protocol_whitelist", "file", "-format_whitelist", $"{Demuxers},{Silent}", "-max_pixels", "268435456",
        "-analyzeduration", "600000000", "-probesize", "50000000",
    ];

    /// <summary>A local path as ffmpeg takes it, whatever characters are in it.</summary>
    public static string Local(string path) => "file:" + Path.GetFullPath(path);

    /// <summary>The options that open a source in ffmpeg as an input whose first time stamp is 0.</summary>
    /// <remarks>
    /// Left to itself, ffmpeg starts an MPEG transport stream at the first of the streams that are used, which would pull sound that begins
    /// after the picture forward. It does so when the offset is the one it chose itself: hence the microsecond.
    /// </remarks>
    public static IReadOnlyList<string> Input(string path, SourceMedia media) =>
        [.. Pauses(media.Audio), .. Input(path, media.StartSeconds)];

    /// <summary>The options that open a source that begins at a time stamp, in seconds.</summary>
    public static IReadOnlyList<string> Input(string path, double start) =>
    [
        "-copyts", "-itsoffset", (0.000001 - start).ToString("F6", CultureInfo.InvariantCulture), .. Guard, "-i", Local(path),
    ];

    /// <summary>The options that open a part of a source as if it were a file.</summary>
    /// <param name="path">The source.</param>
    /// <param name="format">How ffmpeg names what the part is.</param>
    /// <param name="start">The offset at which it begins.</param>
    /// <param name="end">The offset behind its last byte.</param>
    public static IReadOnlyList<string> Part(string path, string format, long start, long end) =>
    [
        .. Guard, "-protocol_whitelist", "file,subfile", "-f", format,
        "-i", string.Create(CultureInfo.InvariantCulture, $"subfile,,start,{start},end,{end},,:{Local(path)}"),
    ];

    // Telephones store next to nothing while nobody speaks. ffmpeg has no decoder for that and leaves silence in its place, but counts it
    // as damage, of which it bears two thirds.
    private static IReadOnlyList<string> Pauses(AudioStream sound) =>
        sound.Codec is "amr_nb" or "amr_wb" ? ["-max_error_rate", "1"] : [];
}
