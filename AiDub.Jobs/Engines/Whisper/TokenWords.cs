using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines.Whisper;

/// <summary>Makes words with their times of the tokens that a text was heard as.</summary>
/// <remarks>
/// A token may be a part of a character, so the text itself says how words are written, and the tokens only when they were said.
/// </remarks>
internal static class TokenWords
{
    private const double LeastLength = 0.02;
    private const char Broken = '\uFFFD';

    /// <summary>The words of a piece, in order; a piece without tokens is one word.</summary>
    public static IReadOnlyList<RecognizedWord> Of(HeardPiece piece)
    {
        var words = new List<RecognizedWord>();
        var runs = Runs(piece);
        for (var from = 0; from < piece.Text.Length;)
        {
            if (char.IsWhiteSpace(piece.Text[from]))
            {
                from++;
                continue;
            }
            var to = EndOf(piece.Text, from, runs);
            var said = runs.Where(r => r.From < to && r.To > from).ToList();
            var (start, end) = said.Count == 0 ? (piece.Start, piece.End) : (said[0].Start, said[^1].End);
            var probability = said.Count == 0 ? 1 : said.Average(r => r.Probability);
            words.Add(new RecognizedWord(piece.Text[from..to], start, Math.Max(end, start + LeastLength), probability));
            from = to;
        }
        return words;
    }

    // Up to the next space; where a script has none, up to the next token.
    private static int EndOf(string text, int from, IReadOnlyList<Run> runs)
    {
        var to = from + 1;
        while (to < text.Length && !char.IsWhiteSpace(text[to]) && !(IsUnspaced(to) && runs.Any(r => r.From == to)))
            to++;
        return to;

        bool IsUnspaced(int at) =>
            Prose.IsUnspaced(text[at - 1]) && Prose.IsUnspaced(text[at]) && char.IsLetterOrDigit(text[at]);
    }

    // Which part of the text each token is; tokens that are parts of characters are so together.
    private static List<Run> Runs(HeardPiece piece)
    {
        var runs = new List<Run>();
        var at = 0;
        for (var i = 0; i < piece.Tokens.Count; i++)
        {
            var (first, token) = (i, piece.Tokens[i]);
            if (token.Text.Length == 0)
                continue;
            if (!token.Text.Contains(Broken, StringComparison.Ordinal))
            {
                if (piece.Text.IndexOf(token.Text, at, StringComparison.Ordinal) is >= 0 and var found)
                {
                    runs.Add(new Run(found, found + token.Text.Length, token.Start, token.End, token.Probability));
                    at = found + token.Text.Length;
                }
                continue;
            }
            while (i + 1 < piece.Tokens.Count && piece.Tokens[i + 1].Text.Contains(Broken, StringComparison.Ordinal))
                i++;
            var next = i + 1 < piece.Tokens.Count ? piece.Text.IndexOf(piece.Tokens[i + 1].Text, at, StringComparison.Ordinal) : -1;
            var to = next < 0 ? piece.Text.Length : next;
            var broken = piece.Tokens.Skip(first).Take(i - first + 1).ToList();
            if (to > at)
                runs.Add(new Run(at, to, broken[0].Start, broken[^1].End, broken.Average(t => t.Probability)));
            at = to;
        }
        return runs;
    }

    private sealed record Run(int From, int To, double Start, double End, double Probability);
}
