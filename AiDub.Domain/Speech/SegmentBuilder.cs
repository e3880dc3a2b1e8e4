namespace AiDub.Domain.Speech;

/// <summary>How <see cref="SegmentBuilder"/> groups words; times in seconds.</summary>
public sealed record SegmentRules
{
    /// <summary>A pause of this length ends a sentence; default 0.4.</summary>
    public double SentencePause { get; init; } = 0.4;

    /// <summary>The longest segment; longer ones are split at their longest pause. Default 12.</summary>
    public double MaxSeconds { get; init; } = 12;

    /// <summary>The most words of a segment; default 30.</summary>
    public int MaxWords { get; init; } = 30;

    /// <summary>
    /// Words carry their case and punctuation: they are left as they are spelled, and a sentence ends after <c>.</c>, <c>?</c> and their
    /// like too. Default false: the words are bare.
    /// </summary>
    public bool Punctuated { get; init; }
}

/// <summary>Groups recognised words into segments that read as sentences.</summary>
public static class SegmentBuilder
{
    private const double LeastLength = 0.05;

    /// <summary>
    /// The segments of the words, which may come in any order: fillers (<c>&lt;sil&gt;</c>, <c>[NOISE]</c>, <c>++UM++</c>) and the numbers
    /// of pronunciation variants (<c>was(2)</c>) are removed, sentences begin with a capital and end with a full stop. No words make no
    /// segments.
    /// </summary>
    public static IReadOnlyList<Segment> Build(IEnumerable<RecognizedWord> words, SegmentRules? rules = null)
    {
        rules ??= new SegmentRules();
        var spoken = words.Select(w => w with { Text = rules.Punctuated ? w.Text.Trim() : Clean(w.Text) })
            .Where(w => w.Text.Length > 0)
            .OrderBy(w => w.Start)
            .ToArray();
        var segments = new List<Segment>();
        var from = 0;
        for (var i = 1; i <= spoken.Length; i++)
        {
            if (i < spoken.Length && spoken[i].Start - spoken[i - 1].End < rules.SentencePause
                && !(rules.Punctuated && Prose.EndsSentence(spoken[i - 1].Text)))
                continue;
            Add(spoken.AsSpan(from..i), rules, segments);
            from = i;
        }
        return segments;
    }

    /// <summary>A recogniser's token as a word; empty when it is a filler.</summary>
    public static string Clean(string token)
    {
        if (token.Length == 0 || token[0] is '<' or '[' || token.StartsWith("++", StringComparison.Ordinal))
            return "";
        var variant = token.EndsWith(')') ? token.LastIndexOf('(') : -1;
        var word = variant > 0 && token[(variant + 1)..^1].All(char.IsAsciiDigit) ? token[..variant] : token;
        return word == "i" || word.StartsWith("i'", StringComparison.Ordinal) ? "I" + word[1..] : word;
    }

    private static void Add(ReadOnlySpan<RecognizedWord> words, SegmentRules rules, List<Segment> segments)
    {
        if (words.Length > 1 && (words.Length > rules.MaxWords || words[^1].End - words[0].Start > rules.MaxSeconds))
        {
            var cut = LongestPause(words);
            Add(words[..cut], rules, segments);
            Add(words[cut..], rules, segments);
            return;
        }
        var start = Math.Max(words[0].Start, segments.Count == 0 ? 0 : segments[^1].End);
        var end = Math.Max(words[^1].End, start + LeastLength);
        segments.Add(
            new Segment(segments.Count, start, end, rules.Punctuated ? Prose.Join(words.ToArray().Select(w => w.Text)) : Sentence(words)));
    }

    // Of equal pauses the one nearest the middle, so that a pause-free stretch falls into halves and not into crumbs.
    private static int LongestPause(ReadOnlySpan<RecognizedWord> words)
    {
        var middle = (words[0].Start + words[^1].End) / 2;
        var best = 1;
        var (pause, distance) = (double.MinValue, double.MaxValue);
        for (var i = 1; i < words.Length; i++)
        {
            var here = Math.Round(words[i].Start - words[i - 1].End, 2);
            var off = Math.Abs(words[i].Start - middle);
            if (here > pause || (here == pause && off < distance))
                (best, pause, distance) = (i, here, off);
        }
        return best;
    }

    private static string Sentence(ReadOnlySpan<RecognizedWord> words)
    {
        var text = string.Join(' ', words.ToArray().Select(w => w.Text));
        return char.ToUpperInvariant(text[0]) + text[1..] + ".";
    }
}
