using System.Globalization;
using System.Text.RegularExpressions;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Reads SAMI: <c>&lt;SYNC Start=1000&gt;&lt;P Class=ENCC&gt;Hello</c>, times in milliseconds. What is shown stands until the next of its
/// class, which may show nothing; of several classes, which are languages, the one that says most is read.
/// </summary>
internal static partial class SamiReader
{
    /// <summary>Whether a text is one.</summary>
    public static bool Reads(string text) =>
        text.AsSpan(0, Math.Min(text.Length, 4096)).TrimStart("\uFEFF\0 \t\r\n").StartsWith("<sami", StringComparison.OrdinalIgnoreCase);

    /// <summary>The subtitles in the order of the file.</summary>
    public static List<RawCue> Read(string text, RepairLog repairs, CancellationToken ct)
    {
        // Lines are counted with those of comments.
        text = Comment().Replace(text, comment => new string('\n', comment.ValueSpan.Count('\n')));
        var shown = new List<Shown>();
        var (line, counted) = (1, 0);
        var marks = Sync().Matches(text);
        for (var i = 0; i < marks.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            var mark = marks[i];
            line += text.AsSpan(counted, mark.Index - counted).Count('\n');
            counted = mark.Index;
            var end = i + 1 < marks.Count ? marks[i + 1].Index : text.Length;
            if (!double.TryParse(mark.Groups["start"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var start))
                repairs.Add(line, "left out: no time can be read");
            else
                Add(text[(mark.Index + mark.Length)..end], start / 1000, line, shown);
        }
        return Cues(shown, repairs);
    }

    private static void Add(string said, double start, int line, List<Shown> shown)
    {
        var paragraphs = Paragraph().Matches(said);
        for (var i = 0; i < paragraphs.Count; i++)
        {
            var (mark, end) = (paragraphs[i], i + 1 < paragraphs.Count ? paragraphs[i + 1].Index : said.Length);
            shown.Add(new Shown(line, start, Class(mark.Value), Lines(said[(mark.Index + mark.Length)..end])));
        }
        if (paragraphs.Count == 0)
            shown.Add(new Shown(line, start, "", Lines(said)));
    }

    private static string Class(string tag) => ClassOf().Match(tag).Groups["name"].Value.ToUpperInvariant();

    // Where a line of the file ends is no end of a line of the text.
    private static List<CueLine> Lines(string html) =>
        CueMarkup.ToLines(Break().Replace(html.Replace('\r', ' ').Replace('\n', ' '), "\n"));

    private static List<RawCue> Cues(List<Shown> shown, RepairLog repairs)
    {
        var classes = shown.Where(s => s.Lines.Count > 0).GroupBy(s => s.Class).OrderByDescending(g => g.Count()).ToList();
        if (classes.Count == 0)
            return [];
        if (classes.Count > 1)
        {
            var others = string.Join(", ", classes.Skip(1).Take(3).Select(Name));
            repairs.Add(classes[1].First().Line, $"of several languages {Name(classes[0])} was read, and not {others}");
        }
        var read = shown.Where(s => s.Class == classes[0].Key || (s.Class.Length == 0 && s.Lines.Count == 0))
            .OrderBy(s => s.Start)
            .ToList();
        return
        [
            .. read.Select((s, i) => new RawCue(s.Line, s.Start, i + 1 < read.Count ? read[i + 1].Start : Last(s), s.Lines))
                .Where(c => c.Lines.Count > 0),
        ];
    }

    private static string Name(IGrouping<string, Shown> shown) => shown.Key.Length > 0 ? shown.Key : "one without a name";

    private static double Last(Shown shown) => shown.Start + CueTimes.SecondsToRead(shown.Lines.Sum(l => l.Text.Length));

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Comment();

    [GeneratedRegex(@"<sync\b[^>]*?\bstart\s*=\s*[""']?\s*(?<start>[0-9]{1,12})?[^>]*>",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Sync();

    [GeneratedRegex(@"<p\b[^>]*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"\bclass\s*=\s*[""']?(?<name>\w+)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ClassOf();

    [GeneratedRegex(@"<br\s*/?>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Break();

    private sealed record Shown(int Line, double Start, string Class, List<CueLine> Lines);
}
