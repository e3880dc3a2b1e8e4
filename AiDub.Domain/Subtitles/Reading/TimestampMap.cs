using System.Globalization;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>HLS's <c>X-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000</c> (RFC 8216, 3.5).</summary>
internal static class TimestampMap
{
    private const string Name = "X-TIMESTAMP-MAP=";
    private const double TicksPerSecond = 90_000;

    /// <summary>The video's clock where the file's is 0, in seconds; null when the line is no such map.</summary>
    public static double? TryParse(string line)
    {
        if (!line.StartsWith(Name, StringComparison.OrdinalIgnoreCase))
            return null;
        double? ticks = null, local = null;
        foreach (var part in line[Name.Length..].Split(','))
        {
            if (part.StartsWith("MPEGTS:", StringComparison.OrdinalIgnoreCase)
                && long.TryParse(part.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                ticks = count;
            else if (part.StartsWith("LOCAL:", StringComparison.OrdinalIgnoreCase)
                && new ClockScanner(part.AsSpan(6), isVtt: true).TryTime(out var seconds, out _, out _))
                local = seconds;
        }
        return (ticks / TicksPerSecond) - local;
    }
}
