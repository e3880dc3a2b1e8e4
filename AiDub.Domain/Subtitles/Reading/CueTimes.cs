namespace AiDub.Domain.Subtitles.Reading;

/// <summary>Puts subtitles in order and gives those an end that have none after their start.</summary>
internal static class CueTimes
{
    /// <summary>Two that begin closer to each other than this are said at once, in seconds.</summary>
    public const double Together = 0.05;

    /// <summary>The latest time that is believed of what programs write, in seconds: 100 hours.</summary>
    public const double Latest = 360_000;

    // The reading speed of the Netflix timed text style guides is 17 to 20 characters a second; speech is a little slower.
    private const double CharactersPerSecond = 15;
    private const double Shortest = 1;
    private const double Longest = 7;

    /// <summary>How long a text is taken to last of which the file does not say it, in seconds: 1–7.</summary>
    public static double SecondsToRead(int characters) => Math.Clamp(characters / CharactersPerSecond, Shortest, Longest);

    /// <summary>The subtitles in order of start, each with an end after it; what says the same at the same time is one.</summary>
    public static List<RawCue> Mend(List<RawCue> cues, RepairLog repairs)
    {
        for (var i = 1; i < cues.Count; i++)
        {
            if (cues[i].Start < cues[i - 1].Start - Together)
                repairs.Add(cues[i].Line, "the subtitle is before the one above it: they were put in order");
        }
        var ordered = new List<RawCue>(cues.Count);
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cue in cues.OrderBy(c => c.Start))
        {
            if (cue.Lines.Count == 0)
                continue;
            if (ordered.Count > 0 && cue.Start - ordered[^1].Start >= Together)
                said.Clear();
            if (said.Add(string.Join('\n', cue.Lines.Select(l => l.Text))))
                ordered.Add(cue);
            else
                repairs.Add(cue.Line, "the subtitle is there twice");
        }
        for (var (i, next) = (ordered.Count - 1, ordered.Count); i >= 0; i--)
        {
            var cue = ordered[i];
            while (next - 1 > i && ordered[next - 1].Start - cue.Start >= Together)
                next--;
            if (cue.End > cue.Start)
                continue;
            repairs.Add(cue.Line, Fault(cue));
            var end = cue.Start + SecondsToRead(cue.Lines.Sum(l => l.Text.Length));
            ordered[i] = cue with { End = next == ordered.Count ? end : Math.Min(end, ordered[next].Start) };
        }
        return ordered;
    }

    private static string Fault(RawCue cue) =>
        double.IsNaN(cue.End) ? "there is no end" : cue.End < cue.Start ? "the end is before the start" : "the end is the start";
}
