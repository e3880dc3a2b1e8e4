using System.Globalization;

namespace AiDub.Jobs.Media;

/// <summary>Turns what ffmpeg prints with <c>-progress</c> into the share that is done.</summary>
public static class FfmpegProgress
{
    private const string Key = "out_time_us=";

    /// <summary>The share, 0–1, that a line tells; null when it tells none.</summary>
    /// <param name="line">One line, such as <c>out_time_us=1500000</c>.</param>
    /// <param name="totalSeconds">How long the whole is; more than 0.</param>
    public static double? Share(string line, double totalSeconds) =>
        line.StartsWith(Key, StringComparison.Ordinal)
        && long.TryParse(line.AsSpan(Key.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var micros)
            ? Math.Clamp(micros / 1e6 / totalSeconds, 0, 1)
            : null;
}
