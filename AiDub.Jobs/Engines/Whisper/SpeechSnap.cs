using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines.Whisper;

/// <summary>Moves the times of words to where somebody speaks: Whisper lets words begin in the silence before them.</summary>
internal static class SpeechSnap
{
    private const double LeastLength = 0.02;

    // How far off a word may be that is moved, in seconds.
    private const double Reach = 1;

    /// <summary>The words in their order, each within the speech that it lies in or next to, none before the one before it.</summary>
    /// <param name="words">In order.</param>
    /// <param name="speech">Where somebody speaks, in order; null or empty when it is not known: only the order is kept.</param>
    public static IReadOnlyList<RecognizedWord> Snap(IReadOnlyList<RecognizedWord> words, IReadOnlyList<AudioSpan>? speech)
    {
        var snapped = new List<RecognizedWord>(words.Count);
        var before = 0.0;
        foreach (var word in words)
        {
            var (start, end) = Within(word, speech);
            start = Math.Max(start, before);
            end = Math.Max(end, start + LeastLength);
            snapped.Add(word with { Start = start, End = end });
            before = end;
        }
        return snapped;
    }

    private static (double Start, double End) Within(RecognizedWord word, IReadOnlyList<AudioSpan>? speech)
    {
        if (speech is not { Count: > 0 })
            return (word.Start, word.End);
        var span = speech.MaxBy(s => Math.Min(s.End, word.End) - Math.Max(s.Start, word.Start));
        if (span.Start - word.End > Reach || word.Start - span.End > Reach)
            return (word.Start, word.End);
        var start = Math.Clamp(word.Start, span.Start, Math.Max(span.Start, span.End - LeastLength));
        return (start, Math.Clamp(word.End, start + LeastLength, Math.Max(start + LeastLength, span.End)));
    }
}
