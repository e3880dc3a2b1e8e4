using System.Globalization;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>How ffmpeg writes and reads what a separator takes and makes; pure.</summary>
/// <remarks>
/// The background is kept as FLAC of 24 bits at half its level: without voices that stood against it, its peaks may be higher than the
/// source's.
/// </remarks>
internal static class BackgroundFile
{
    private static readonly string[] Raw =
        ["-f", "f32le", "-ar", Number(ISourceSeparator.SampleRate), "-ac", Number(ISourceSeparator.Channels)];

    /// <summary>What gives the background its level back.</summary>
    public static string Decoded => "aformat=sample_fmts=flt,volume=2";

    /// <summary>Writes the source's sound on its time line, as a separator takes it.</summary>
    public static IReadOnlyList<string> DecodeSource(string source, SourceMedia media, string path) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", .. SourceFile.Input(source, media),
        .. DubbedSound.Of(media, ISourceSeparator.SampleRate), "-c:a", "pcm_f32le",
        "-t", media.DurationSeconds.ToString("F6", CultureInfo.InvariantCulture), .. Raw, "-progress", "pipe:1", "-nostats",
        "-y", SourceFile.Local(path),
    ];

    /// <summary>Writes what a separator made as it is kept.</summary>
    public static IReadOnlyList<string> Encode(string raw, string path) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", "-protocol_whitelist", "file", .. Raw, "-i", SourceFile.Local(raw),
        "-af", "volume=0.5", "-c:a", "flac", "-sample_fmt", "s32", "-fflags", "+bitexact", "-f", "flac", "-y", SourceFile.Local(path),
    ];

    /// <summary>Opens it as it is kept.</summary>
    public static IReadOnlyList<string> Input(string path) =>
        ["-protocol_whitelist", "file", "-format_whitelist", "flac", "-f", "flac", "-i", SourceFile.Local(path)];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
