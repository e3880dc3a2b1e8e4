using System.Buffers;
using System.Globalization;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Reads LRC: <c>[01:02.50]Hello</c>, each line said until the next begins, which may be a blank one; all of them as many milliseconds
/// earlier as <c>[offset:500]</c> says, or later where that is negative.
/// </summary>
internal static class LyricsReader
{
    private const string Offset = "[offset:";
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>
    /// Whether most lines that are neither blank nor say something of the whole, as <c>[ar:…]</c>, begin with a time in brackets that
    /// stands alone.
    /// </summary>
    public static bool Reads(List<TextLine> lines)
    {
        var timed = lines.Count(l => TryTime(l.Text, out _, out _));
        return timed > 0 && 2 * timed > lines.Count(l => !l.IsBlank && !IsTag(l.Text));
    }

    /// <summary>The subtitles in the order of the file.</summary>
    public static List<RawCue> Read(List<TextLine> lines, RepairLog repairs, CancellationToken ct)
    {
        var cues = new List<RawCue>();
        var earlier = SecondsEarlier(lines);
        foreach (var line in lines)
        {
            ct.ThrowIfCancellationRequested();
            var starts = new List<double>();
            var rest = line.Text;
            // A line that comes again has all its times before it.
            while (starts.Count < 50 && TryTime(rest, out var start, out var after))
            {
                starts.Add(Math.Max(0, start - earlier));
                rest = after;
            }
            cues.AddRange(starts.Select(s => new RawCue(line.Number, s, double.NaN, CueMarkup.ToLines(rest))));
        }
        return WithEnds(cues);
    }

    // Those that begin together, as a line and its translation do, also end together, where there is a next.
    private static List<RawCue> WithEnds(List<RawCue> cues)
    {
        double[] starts = [.. cues.Select(c => c.Start).Order()];
        return cues.ConvertAll(cue =>
        {
            var next = Array.BinarySearch(starts, cue.Start + CueTimes.Together);
            next = next < 0 ? ~next : next;
            var end = next < starts.Length ? starts[next] : cue.Start + CueTimes.SecondsToRead(cue.Lines.Sum(l => l.Text.Length));
            return cue with { End = end };
        });
    }

    // The first that can be read; nothing is later than is believed of any time.
    private static double SecondsEarlier(List<TextLine> lines)
    {
        foreach (var line in lines)
        {
            var text = line.Text.AsSpan().Trim();
            if (text.StartsWith(Offset, StringComparison.OrdinalIgnoreCase) && text[^1] == ']'
                && int.TryParse(text[Offset.Length..^1], CultureInfo.InvariantCulture, out var milliseconds))
            {
                return Math.Clamp(milliseconds / 1000.0, -CueTimes.Latest, CueTimes.Latest);
            }
        }
        return 0;
    }

    private static bool IsTag(string line) =>
        line is ['[', .. var rest] && rest.IndexOf(':') is > 0 and var end && rest.AsSpan(0, end).IndexOfAnyExcept(Letters) < 0;

    private static bool TryTime(string line, out double start, out string rest)
    {
        (start, rest) = (0, "");
        if (line is null || line.Length < 5 || line[0] != '[' || !char.IsDigit(line[1]))
            return false;
        var scan = new ClockScanner(line, isVtt: true);
        if (!scan.TryChar('[') || !scan.TryTime(out start, out _, out var isBare) || isBare || !scan.TryChar(']'))
            return false;
        rest = scan.Rest.ToString();
        return true;
    }
}
