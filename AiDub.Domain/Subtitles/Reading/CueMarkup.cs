using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>What the lines of a subtitle say, without how they look.</summary>
internal static partial class CueMarkup
{
    // Files hold no control characters any more when markup is taken out.
    private const char Mark = '\u0001';

    // More than anybody writes, each of which takes memory.
    private const int MostLines = 20_000;

    /// <summary>The lines, tags and positions left out and entities decoded; none is empty. A voice tag begins a line of its own.</summary>
    /// <exception cref="SubtitleFormatException">There are more lines than anybody writes.</exception>
    public static List<CueLine> ToLines(string text)
    {
        if (text.Contains('\\'))
            text = text.Replace(@"\N", "\n").Replace(@"\n", "\n").Replace(@"\h", " ");
        if (text.Contains("[br]", StringComparison.OrdinalIgnoreCase))
            text = text.Replace("[br]", "\n", StringComparison.OrdinalIgnoreCase);
        if (text.Contains("<v", StringComparison.Ordinal))
            text = Voice().Replace(text, m => $"\n{Mark}{m.Groups["name"].Value}{Mark}");
        if (text.AsSpan().ContainsAny('<', '{'))
            text = Markup().Replace(text, "");
        var lines = new List<CueLine>();
        string? speaker = null;
        foreach (var line in Split(WebUtility.HtmlDecode(text)))
        {
            var said = line;
            var isNamed = line.Length > 0 && line[0] == Mark;
            if (isNamed)
            {
                var end = line.IndexOf(Mark, 1);
                speaker = Visible(line[1..end]) is { Length: > 0 } name ? name : null;
                said = line[(end + 1)..];
            }
            if (Visible(said) is { Length: > 0 } visible)
                lines.Add(new CueLine(visible, speaker));
        }
        return lines;
    }

    /// <summary>The lines of a subtitle that begins in a line of the file.</summary>
    /// <exception cref="SubtitleFormatException">There are more than anybody writes.</exception>
    public static string[] Split(string text, int from = 1) => text.AsSpan().Count('\n') <= MostLines
        ? text.Split('\n')
        : throw new SubtitleFormatException(from, FormattableString.Invariant($"a subtitle has more than {MostLines} lines"));

    /// <summary>Whether words carry times of their own: <c>&lt;00:00:01.400&gt;</c>.</summary>
    public static bool HasWordTimes(string text) => text.Contains('<') && WordTime().IsMatch(text);

    /// <summary>
    /// A line without characters that are not seen; white space is single spaces. What joins two letters or pictures, or keeps them apart,
    /// is part of how they are written and stays between them.
    /// </summary>
    public static string Visible(string line)
    {
        var seen = new StringBuilder(line.Length);
        var joiner = '\0';
        foreach (var c in line)
        {
            if (c is '\u200C' or '\u200D')
            {
                joiner = c;
            }
            else if (char.IsWhiteSpace(c) || char.IsControl(c) || c == '\u200B')
            {
                if (seen.Length > 0 && seen[^1] != ' ')
                    seen.Append(' ');
                joiner = '\0';
            }
            else if (!IsUnseen(c))
            {
                if (joiner != '\0' && seen.Length > 0 && seen[^1] != ' ')
                    seen.Append(joiner);
                seen.Append(c);
                joiner = '\0';
            }
        }
        return seen.ToString().TrimEnd();
    }

    // Marks of direction, byte order and where a word may be parted; none is a space.
    private static bool IsUnseen(char c) =>
        c is '\u200E' or '\u200F' or '\uFEFF' or '\u00AD' or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2069');

    // Tags of both formats, WebVTT's times within a line, {\an8} and {y:i}; what a ruby text spells is in the text already. A bare < stays.
    [GeneratedRegex(@"<rt>[^<]*(</rt>)?|</?[A-Za-z][^<>]*>|</?>|<[0-9:.]+>|\{\\[^{}]*\}|\{[A-Za-z]:[^{}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Markup();

    [GeneratedRegex(@"<v(\.[^\s<>]*)?[\s](?<name>[^<>]*)>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Voice();

    [GeneratedRegex(@"<[0-9]+:[0-9:.]+>", RegexOptions.NonBacktracking)]
    private static partial Regex WordTime();
}
