using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AiDub.Tests.EndToEnd;

/// <summary>ffmpeg and ffprobe as a test uses them: to make clips and to look at results.</summary>
internal static class Tool
{
    private static readonly ConcurrentDictionary<(string Path, DateTime Written, long Length), Lazy<Task<JsonElement>>> Probed = [];

    public static async Task<string> RunAsync(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{tool}: {await error}");
        return await output + (tool == "ffmpeg" ? await error : "");
    }

    public static Task<string> FfmpegAsync(params string[] arguments) =>
        RunAsync("ffmpeg", ["-hide_banner", "-nostats", "-y", .. arguments]);

    /// <summary>ffprobe's format and streams of a file, which is looked at once as long as it stays as it is.</summary>
    public static Task<JsonElement> ProbeAsync(string path)
    {
        var file = new FileInfo(path);
        var (written, length) = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        return Probed.GetOrAdd((path, written, length), _ => new(async () => JsonDocument.Parse(
            await RunAsync("ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", path)).RootElement)).Value;
    }

    public static async Task<double> DurationAsync(string path) => double.Parse(
        (await ProbeAsync(path)).GetProperty("format").GetProperty("duration").GetString()!, CultureInfo.InvariantCulture);

    /// <summary>Integrated loudness in LUFS, by ffmpeg's own EBU R128 meter.</summary>
    public static async Task<double> LoudnessAsync(string path)
    {
        var report = await FfmpegAsync("-i", path, "-map", "0:a:0", "-af", "ebur128", "-f", "null", "-");
        var line = report[report.LastIndexOf("I:", StringComparison.Ordinal)..].Split('\n')[0];
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>A checksum of the packets of the picture: equal when it was copied.</summary>
    public static async Task<string> PictureHashAsync(string path) =>
        (await FfmpegAsync("-v", "error", "-i", path, "-map", "0:v:0", "-c", "copy", "-f", "streamhash", "-")).Trim();
}
