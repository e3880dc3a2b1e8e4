namespace AiDub.Domain.Subtitles.Reading;

/// <summary>Reads LRC: <c>[01:02.50]Hello</c>, each line said until the next begins.</summary>
internal static class LyricsReader
{
    /// <summary>Whether most lines that are not blank begin with a time in brackets that stands alone.</summary>
    public static bool Reads(List<TextLine> lines)
    {
        var timed = lines.Count(l => TryTime(l.Text, out _, out _));
        return timed > 0 && 2 * timed > lines.Count(l => !l.IsBlank);
    }

    /// <summary>The subtitles in the order of the file.</summary>
    public static List<RawCue> Read(List<TextLine> lines, RepairLog repairs, CancellationToken ct)
    {
        var cues = new List<RawCue>();
        foreach (var line in lines)
        {
            ct.ThrowIfCancellationRequested();
            var starts = new List<double>();
            var rest = line.Text;
            // A line that comes again has all its times before it.
            while (starts.Count < 50 && TryTime(rest, out var start, out var after))
            {
                starts.Add(start);
                rest = after;
            }
            cues.AddRange(starts.Select(s => new RawCue(line.Number, s, double.MaxValue, CueMarkup.ToLines(rest))));
        }
        var last = cues.Count == 0 ? 0 : cues.Max(c => c.Start);
        return cues.ConvertAll(c =>
            c.Start < last ? c : c with { End = c.Start + CueTimes.SecondsToRead(c.Lines.Sum(l => l.Text.Length)) });
    }

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
