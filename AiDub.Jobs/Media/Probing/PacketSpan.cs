using System.Globalization;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// How long a source really lasts, from the lines of <c>ffprobe -show_entries packet=stream_index,pts_time,duration_time -of csv=p=0</c>.
/// </summary>
/// <param name="streams">The streams that count.</param>
public sealed class PacketSpan(IReadOnlySet<int> streams)
{
    private double _start = double.PositiveInfinity;
    private double _end = double.NegativeInfinity;

    /// <summary>Seconds from the first packet's start to the last one's end; 0 when there was none.</summary>
    public double Seconds => _end > _start ? _end - _start : 0;

    /// <summary>Takes one line; a packet without a time is passed over.</summary>
    public void Add(string line)
    {
        var fields = line.Split(',');
        if (fields.Length < 2 || !int.TryParse(fields[0], out var stream) || !streams.Contains(stream) || Number(fields[1]) is not { } at)
            return;
        _start = Math.Min(_start, at);
        _end = Math.Max(_end, at + (fields.Length > 2 ? Number(fields[2]) ?? 0 : 0));
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
