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

    // The voices know no number that is longer, and say that it is very large, or an error.
    private const int MostDigits = 11;

    /// <summary>The text, with an empty line where an utterance would become too long.</summary>
    public static string From(string text, FestivalVoice voice)
    {
        var known = new StringBuilder(text.Length);
        foreach (var c in SpokenText.ToPlain(text, voice.Language))
            known.Append(Known(c, voice));
        var numbered = Digits().Replace(WithoutParts(known.ToString()), m => Number(m.Value, voice));
        return Lines(voice.ReadsMarksWithin
            ? Words(numbered.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            : Runs().Matches(numbered).Select(m => m.Groups["run"].Value + m.Groups["mark"].Value));
    }

    // 1 000 000, as both languages write it, is one number.
    private static string WithoutParts(string text)
    {
        var (whole, isNumber) = (new StringBuilder(text.Length), false);
        foreach (var part in text.Split(' '))
        {
            var digits = part.TakeWhile(char.IsAsciiDigit).Count();
            if (whole.Length > 0 && !(isNumber && digits == 3))
                whole.Append(' ');
            isNumber = digits == part.Length && (isNumber ? digits == 3 : digits is > 0 and <= 3 && part[0] != '0');
            whole.Append(part);
        }
        return whole.ToString();
    }

    // What is too long for a number is said digit by digit, and zeros before one, which Festival's Russian leaves out: 007, 12:05.
    private static string Number(string digits, FestivalVoice voice)
    {
        if (digits.Length > MostDigits)
            return $" {string.Join(' ', digits.AsEnumerable())} ";
        var number = digits.TrimStart('0');
        return voice.ReadsMarksWithin || number.Length == digits.Length
            ? digits
            : $"{string.Join(' ', digits[..^number.Length].AsEnumerable())} {number}";
    }

    // A sign between spaces would be read out by its name: a mark belongs to the word before it, one mark is enough, and others go.
    private static List<string> Words(string[] parts)
    {
        var words = new List<string>();
        foreach (var part in parts)
        {
            var word = part.TrimEnd(Marks.ToCharArray());
            var mark = word.Length < part.Length ? part[word.Length].ToString() : "";
            if (word.Any(char.IsLetterOrDigit))
                words.Add(word + mark);
            else if (words.Count > 0 && !Marks.Contains(words[^1][^1]))
                words[^1] += part.FirstOrDefault(Marks.Contains) is var first and not '\0' ? first.ToString() : "";
        }
        return words;
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
        foreach (var part in words.SelectMany(Pieces))
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

    // No piece is a mark alone, of which Festival's Russian dies.
    private static IEnumerable<string> Pieces(string word)
    {
        while (word.Length > MostWord)
        {
            var end = word.Length == MostWord + 1 ? MostWord - 1 : MostWord;
            yield return word[..end];
            word = word[end..];
        }
        yield return word;
    }

    [GeneratedRegex("[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Digits();

    // Letters or digits, and the first of the marks behind them.
    [GeneratedRegex(@"(?<run>\p{L}+|[0-9]+)[^\p{L}0-9.,;:?!]*(?<mark>[.,;:?!]?)", RegexOptions.NonBacktracking)]
    private static partial Regex Runs();
}
