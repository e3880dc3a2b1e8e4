using System.Globalization;

namespace AiDub.Jobs.Media.Clock;

/// <summary>One packet of a source, as its container stamps it.</summary>
/// <param name="Stream">The index of its stream.</param>
/// <param name="Pts">When it is shown or heard, in seconds; null when its container does not say.</param>
/// <param name="Dts">When it is decoded, in seconds; null when its container does not say.</param>
/// <param name="Duration">How long it is shown or heard, in seconds; 0 when it is not known.</param>
/// <param name="IsKey">Whether it can be decoded by itself.</param>
/// <param name="IsDiscarded">Whether a player decodes it without showing it: what an edit list leaves out.</param>
public readonly record struct SourcePacket(int Stream, double? Pts, double? Dts, double Duration, bool IsKey, bool IsDiscarded)
{
    /// <summary>What ffprobe is asked for; <see cref="Parse"/> reads its lines.</summary>
    public static IReadOnlyList<string> Entries { get; } =
        ["-fflags", "+genpts", "-show_entries", "packet=stream_index,pts_time,dts_time,duration_time,flags", "-of", "csv=p=0"];

    /// <summary>When it begins: when it is shown, else when it is decoded.</summary>
    public double? Start => Pts ?? Dts;

    /// <summary>Reads one line, such as <c>0,1.48,1.4,0.04,K_</c>; null when it tells of no packet.</summary>
    public static SourcePacket? Parse(string line)
    {
        var fields = line.Split(',');
        return fields.Length >= 4 && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var stream)
            ? new SourcePacket(
                stream, Number(fields[1]), Number(fields[2]), Math.Max(0, Number(fields[3]) ?? 0), Has(fields, 'K'), Has(fields, 'D'))
            : null;
    }

    private static bool Has(string[] fields, char flag) => fields.Length > 4 && fields[4].Contains(flag);

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
