using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines.Recognition;

/// <summary>Gives words that come bare (<c>hello</c>) the case and punctuation that the running text has (<c>“Hello,”</c>).</summary>
internal static class SpelledWords
{
    // How far the text may be ahead of the words, in letters, before a word is left as it is.
    private const int Reach = 60;

    /// <summary>The words as the text spells them; what is not found in it stays as it is. Works for scripts without spaces too.</summary>
    public static IReadOnlyList<RecognizedWord> Restore(IReadOnlyList<RecognizedWord> words, string text)
    {
        var restored = new List<RecognizedWord>(words.Count);
        var at = 0;
        foreach (var word in words)
        {
            var letters = string.Concat(word.Text.Where(char.IsLetterOrDigit));
            if (letters.Length == 0)
                continue;
            if (Find(text, at, letters) is not { } found)
            {
                restored.Add(word);
                continue;
            }
            var (from, to) = found;
            while (from > at && IsMark(text[from - 1]))
                from--;
            while (to < text.Length && IsMark(text[to]) && !Opens(text, to))
                to++;
            if (from == at && from > 0 && restored.Count > 0 && IsHyphen(text[from - 1]))
                restored[^1] = restored[^1] with { Text = restored[^1].Text + text[from..to], End = word.End };
            else
                restored.Add(word with { Text = text[from..to] });
            at = to;
        }
        return restored;
    }

    private static (int From, int To)? Find(string text, int at, string letters)
    {
        var end = Math.Min(text.Length, at + Reach + letters.Length);
        for (var from = at; from < end; from++)
        {
            if (char.IsLetterOrDigit(text[from]) && Match(text, from, letters) is { } to)
                return (from, to);
        }
        return null;
    }

    // Marks within a word, as in "it's" and "well-known", may be missing from the bare word; spaces may not.
    private static int? Match(string text, int from, string letters)
    {
        var matched = 0;
        for (var i = from; i < text.Length && !char.IsWhiteSpace(text[i]); i++)
        {
            if (!char.IsLetterOrDigit(text[i]))
                continue;
            if (char.ToLowerInvariant(text[i]) != char.ToLowerInvariant(letters[matched]))
                return null;
            if (++matched == letters.Length)
                return i + 1;
        }
        return null;
    }

    private static bool IsMark(char c) => !char.IsLetterOrDigit(c) && !char.IsWhiteSpace(c);

    // Two words of a recogniser may be one of the text: "well-known".
    private static bool IsHyphen(char c) => c is '-' or '‐' or '‑' or '\'' or '’' or '/';

    // An opening mark with a letter behind it belongs to the next word.
    private static bool Opens(string text, int at) =>
        text[at] is '(' or '[' or '{' or '“' or '‘' or '«' or '「' or '『' or '（' or '¿' or '¡'
            && at + 1 < text.Length
            && char.IsLetterOrDigit(text[at + 1]);
}
