using System.Text;

namespace AiDub.Domain.Speech;

/// <summary>Words as running text: where sentences end, and whether a space parts two words.</summary>
public static class Prose
{
    private const string Enders = ".!?…。！？｡؟۔।॥։。";
    private const string Closers = "\"'”’»)]）」』】";

    /// <summary>Whether a text ends with what ends a sentence, closing quotes and brackets disregarded.</summary>
    public static bool EndsSentence(ReadOnlySpan<char> text)
    {
        var end = text.TrimEnd().TrimEnd(Closers);
        return end.Length > 0 && Enders.Contains(end[^1]);
    }

    /// <summary>The words as one text: parted by spaces, but not within scripts that are written without.</summary>
    public static string Join(IEnumerable<string> words)
    {
        var text = new StringBuilder();
        foreach (var word in words.Where(w => w.Length > 0))
        {
            if (text.Length > 0 && !(IsUnspaced(text[^1]) && IsUnspaced(word[0])))
                text.Append(' ');
            text.Append(word);
        }
        return text.ToString();
    }

    /// <summary>
    /// Whether words around a character are written without spaces: Chinese, Japanese, Thai, Lao, Khmer and Burmese, not Korean.
    /// </summary>
    public static bool IsUnspaced(char c) =>
        c is (>= '\u3000' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF')
        or (>= '\uFF00' and <= '\uFFEF') or (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF');
}
