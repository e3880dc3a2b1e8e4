namespace AiDub.Domain.Subtitles;

/// <summary>Reads SubRip and WebVTT files.</summary>
/// <remarks>
/// Taken as they come: a byte order mark, line ends of every kind, missing or wrong numbers, missing blank lines, cue settings, tags, entities,
/// WebVTT's notes, styles and regions, and cues in any order. Everything else that neither format allows is an error.
/// </remarks>
public static class SubtitleParser
{
    /// <summary>How long the text of one subtitle may be, in characters.</summary>
    public const int MaxTextLength = 1000;

    // Two that begin closer to each other than this are said at once, in seconds.
    private const double Together = 0.05;

    private static readonly string[] VttBlocks = ["NOTE", "STYLE", "REGION"];

    /// <summary>What is said, in order of start; none overlaps the next, which begins where it must end, and those that begin together are one.</summary>
    /// <exception cref="SubtitleFormatException">The text is neither, or holds no subtitle.</exception>
    public static IReadOnlyList<TimedText> Parse(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var isVtt = lines[0].TrimEnd() is "WEBVTT" || lines[0].StartsWith("WEBVTT ", StringComparison.Ordinal) || lines[0].StartsWith("WEBVTT\t", StringComparison.Ordinal);
        var cues = new List<TimedText>();
        for (var at = isVtt ? SkipBlock(lines, 0) : 0; at < lines.Length;)
        {
            if (IsBlank(lines[at]))
                at++;
            else if (isVtt && !IsTiming(lines[at]) && VttBlocks.Contains(lines[at].Split((char[]?)null)[0]))
                at = SkipBlock(lines, at);
            else
                at = ReadCue(lines, at, isVtt, cues);
        }
        return cues.Count > 0 ? InOrder(cues) : throw new SubtitleFormatException(1, "there is no subtitle in the file");
    }

    // Returns the line after the cue.
    private static int ReadCue(string[] lines, int at, bool isVtt, List<TimedText> cues)
    {
        if (!IsTiming(lines[at]))
        {
            var isName = isVtt || IsNumber(lines[at]);
            if (!isName || at + 1 == lines.Length || !IsTiming(lines[at + 1]))
                throw new SubtitleFormatException(at + (isName ? 2 : 1), "a time is expected, such as 00:00:01,000 --> 00:00:02,500");
            at++;
        }
        var (start, end) = CueTiming.Parse(lines[at], at + 1);
        var first = ++at;
        while (at < lines.Length && !IsBlank(lines[at]) && !BeginsCue(lines, at))
            at++;
        var said = lines[first..at];
        var plain = CueMarkup.ToPlain(said);
        if (plain.Length > MaxTextLength)
            throw new SubtitleFormatException(first + 1, FormattableString.Invariant($"the text is longer than {MaxTextLength} characters"));
        if (plain.Length > 0)
            cues.Add(new TimedText(start, end, plain, CueMarkup.Speaker(said)));
        return at;
    }

    private static List<TimedText> InOrder(List<TimedText> cues)
    {
        var ordered = new List<TimedText>(cues.Count);
        foreach (var cue in cues.OrderBy(c => c.Start))
        {
            if (ordered.Count == 0 || cue.Start - ordered[^1].Start >= Together)
            {
                if (ordered.Count > 0 && ordered[^1].End > cue.Start)
                    ordered[^1] = ordered[^1] with { End = cue.Start };
                ordered.Add(cue);
                continue;
            }
            var before = ordered[^1];
            ordered[^1] = before with
            {
                End = Math.Max(before.End, cue.End),
                Text = Speech.Prose.Join([before.Text, cue.Text]),
                Speaker = before.Speaker == cue.Speaker ? before.Speaker : null,
            };
        }
        return ordered;
    }

    private static int SkipBlock(string[] lines, int at)
    {
        while (at < lines.Length && !IsBlank(lines[at]))
            at++;
        return at;
    }

    private static bool BeginsCue(string[] lines, int at) =>
        IsTiming(lines[at]) || (IsNumber(lines[at]) && at + 1 < lines.Length && IsTiming(lines[at + 1]));

    private static bool IsTiming(string line) => line.Contains(CueTiming.Arrow, StringComparison.Ordinal);

    private static bool IsNumber(string line) => line.Trim() is { Length: > 0 } text && text.All(char.IsAsciiDigit);

    private static bool IsBlank(string line) => string.IsNullOrWhiteSpace(line);
}
