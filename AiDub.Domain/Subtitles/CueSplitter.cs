using System.Text;

namespace AiDub.Domain.Subtitles;

/// <summary>
/// Breaks what is said into subtitles that can be read: two lines of 42 characters at most, or of 16 where they are full-width.
/// </summary>
/// <remarks>
/// The limits are those of the Netflix timed text style guides: 42 characters a line and two lines for alphabets, 16 for Chinese and Korean
/// (Japanese, which has 13 there, is held to the same 16). Lines without spaces break between characters; Thai, Lao, Khmer and Burmese have
/// words that only a dictionary knows, so there a line may break within a word, but never within a syllable's cluster.
/// </remarks>
public static class CueSplitter
{
    private const int LineColumns = 42;
    private const int WideLineColumns = 32;
    private const int ClauseBonus = 16;
    private const int Slack = 8;

    /// <summary>
    /// The cues of a text that is spoken during [<paramref name="start"/>, <paramref name="end"/>) seconds; each gets time by its share of
    /// the characters.
    /// </summary>
    public static IReadOnlyList<Cue> Split(double start, double end, string text)
    {
        var units = LineUnit.Of(text);
        var line = IsWide(text) ? WideLineColumns : LineColumns;
        var parts = Pack(units, line);
        var total = parts.Sum(Columns);
        var cues = new List<Cue>(parts.Count);
        var at = start;
        for (var i = 0; i < parts.Count; i++)
        {
            var until = i == parts.Count - 1 ? end : at + (end - start) * Columns(parts[i]) / total;
            cues.Add(new Cue(at, until, Wrap(parts[i], line)));
            at = until;
        }

        return cues;
    }

    private static bool IsWide(string text)
    {
        var letters = text.EnumerateRunes().Where(Rune.IsLetter).ToList();
        return 2 * letters.Count(LineUnit.IsWide) > letters.Count;
    }

    // Into two lines at the break nearest the middle, a clause's end before others, as long as both lines hold what they get.
    private static string Wrap(IReadOnlyList<LineUnit> part, int line)
    {
        if (Columns(part) <= line
            || Cuts(part, line).OrderBy(c => c.TooLong).ThenBy(c => c.Cost).Select(c => c.At).FirstOrDefault() is not (> 0 and var cut))
            return Show(part);
        return $"{Show(part.Take(cut))}\n{Show(part.Skip(cut))}";
    }

    private static bool Fits(IReadOnlyList<LineUnit> part, int line) =>
        part.Count == 1 || Columns(part) <= line || Cuts(part, line).Any(c => !c.TooLong);

    private static List<(int At, bool TooLong, int Cost)> Cuts(IReadOnlyList<LineUnit> part, int line)
    {
        var total = Columns(part);
        var cuts = new List<(int At, bool TooLong, int Cost)>();
        var before = part[0].Columns;
        for (var i = 1; i < part.Count; i++)
        {
            var after = total - before - (part[i].Spaced ? 1 : 0);
            var tooLong = Math.Max(before, after) > line;
            cuts.Add((i, tooLong, Math.Abs(before - after) - (part[i - 1].EndsClause && !part[i].Spaced ? ClauseBonus : 0)));
            before = total - after + part[i].Columns;
        }

        return cuts;
    }

    // Parts of roughly the same length, so that no cue is left with one word.
    private static List<List<LineUnit>> Pack(IReadOnlyList<LineUnit> units, int line)
    {
        var total = Columns(units);
        var wanted = (int)Math.Ceiling(total / (2.0 * line));
        var target = Math.Ceiling(total / (double)Math.Max(1, wanted));
        var parts = new List<List<LineUnit>>();
        foreach (var unit in units)
        {
            if (parts.Count > 0)
            {
                List<LineUnit> longer = [.. parts[^1], unit];
                if (Columns(longer) <= target + Slack && Fits(longer, line))
                {
                    parts[^1] = longer;
                    continue;
                }
            }

            parts.Add([unit]);
        }

        return parts;
    }

    private static int Columns(IEnumerable<LineUnit> units)
    {
        var columns = 0;
        foreach (var unit in units)
            columns += unit.Columns + (unit.Spaced && columns > 0 ? 1 : 0);
        return columns;
    }

    private static string Show(IEnumerable<LineUnit> units)
    {
        var text = new StringBuilder();
        foreach (var unit in units)
        {
            if (unit.Spaced && text.Length > 0)
                text.Append(' ');
            text.Append(unit.Text);
        }

        return text.ToString();
    }
}
