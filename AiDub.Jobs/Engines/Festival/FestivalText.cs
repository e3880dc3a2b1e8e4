using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines.Festival;

/// <summary>Texts as a voice of Festival reads them: its own letters, digits and a few marks, and nothing else.</summary>
internal static partial class FestivalText
{
    // An utterance takes time and memory by more than its length; a longer word is no word.
    private const int MostUtterance = 200;
    private const int MostWord = 40;
    private const string Marks = ".,;:?!";

    // Festival ends an utterance at these.
    private const string Ends = ";:?!";

    /// <summary>The text, with an empty line where an utterance would become too long.</summary>
    public static string From(string text, FestivalVoice voice)
    {
        var known = new StringBuilder(text.Length);
        foreach (var c in SpokenText.ToPlain(text, voice.Language))
            known.Append(Known(c, voice));
        return Lines(voice.ReadsMarksWithin
            ? known.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : Runs().Matches(known.ToString()).Select(m => m.Groups["run"].Value + m.Groups["mark"].Value));
    }

    // A letter that the voice does not know is the letter below its accent, or nothing.
    private static string Known(char c, FestivalVoice voice)
    {
        if (char.IsAsciiLetterOrDigit(c) || Marks.Contains(c) || voice.Letters.Contains(char.ToLowerInvariant(c)))
            return c.ToString();
        if (c is '…' or '。')
            return ".";
        if (voice.ReadsMarksWithin && c is '\'' or '’' or '-')
            return c == '’' ? "'" : c.ToString();
        if (!char.IsLetter(c))
            return CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark ? "" : " ";
        return string.Concat(c.ToString().Normalize(NormalizationForm.FormKD)
            .Where(part => char.IsAsciiLetter(part) || voice.Letters.Contains(char.ToLowerInvariant(part))));
    }

    private static string Lines(IEnumerable<string> words)
    {
        var (lines, length) = (new StringBuilder(), 0);
        foreach (var part in words.SelectMany(w => w.Chunk(MostWord)))
        {
            // Halfway, any mark will do.
            var isLong = length + part.Length > MostUtterance || (length > MostUtterance / 2 && Marks.Contains(lines[^1]));
            if (lines.Length > 0)
                lines.Append(isLong ? "\n\n" : " ");
            lines.Append(part);
            length = Ends.Contains(part[^1]) ? 0 : (isLong ? 0 : length) + part.Length + 1;
        }
        return lines.ToString();
    }

    // Letters or digits, and the first of the marks behind them.
    [GeneratedRegex(@"(?<run>\p{L}+|[0-9]+)[^\p{L}0-9.,;:?!]*(?<mark>[.,;:?!]?)", RegexOptions.NonBacktracking)]
    private static partial Regex Runs();
}
