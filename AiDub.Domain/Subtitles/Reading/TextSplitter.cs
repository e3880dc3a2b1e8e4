using System.Globalization;
using AiDub.Domain.Speech;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Splits a text that is too long to be said in one breath: after sentences, else after clauses, else between words, else between
/// characters.
/// </summary>
internal static class TextSplitter
{
    private const string Clauses = ",;:、，；：،؛";

    /// <summary>The text in pieces of at most <paramref name="longest"/> characters, in order.</summary>
    public static IEnumerable<string> Split(string text, int longest)
    {
        var at = 0;
        while (text.Length - at > longest)
        {
            var cut = at + Cut(text.AsSpan(at, longest));
            yield return text[at..cut].Trim();
            at = cut;
            while (at < text.Length && text[at] == ' ')
                at++;
        }
        if (at < text.Length)
            yield return text[at..];
    }

    // The last good place in the second half of a piece; what is better counts more than what is later.
    private static int Cut(ReadOnlySpan<char> piece)
    {
        var (clause, space) = (0, 0);
        for (var i = piece.Length - 1; i > piece.Length / 2; i--)
        {
            var isUnspaced = Prose.IsUnspaced(piece[i - 1]);
            if (piece[i] != ' ' && !isUnspaced)
                continue;
            if (Prose.EndsSentence(piece[..i]))
                return i;
            clause = clause == 0 && Clauses.Contains(piece[i - 1]) ? i : clause;
            space = space == 0 && piece[i] == ' ' ? i : space;
        }
        return clause > 0 ? clause : space > 0 ? space : BetweenCharacters(piece);
    }

    private static int BetweenCharacters(ReadOnlySpan<char> piece)
    {
        var cut = 0;
        while (StringInfo.GetNextTextElementLength(piece[cut..]) is > 0 and var length && cut + length < piece.Length)
            cut += length;
        // A single character with a thousand marks on it.
        return cut > 0 ? cut : char.IsHighSurrogate(piece[^1]) ? piece.Length - 1 : piece.Length;
    }
}
