namespace AiDub.Domain.Speech;

/// <summary>Tells words that were said from those that a recogniser heard in what comes before and after speech.</summary>
public static class SpokenWords
{
    // How far off, in seconds, a recogniser may time the middle of a word.
    private const double Tolerance = 0.1;

    /// <summary>The words of which the middle lies in speech.</summary>
    /// <param name="words">In any order.</param>
    /// <param name="speech">Where somebody speaks; null when it is not known: all are kept.</param>
    public static IEnumerable<RecognizedWord> Within(IEnumerable<RecognizedWord> words, IReadOnlyList<AudioSpan>? speech) => speech is null
        ? words
        : words.Where(word => speech.Any(s => Middle(word) > s.Start - Tolerance && Middle(word) < s.End + Tolerance));

    private static double Middle(RecognizedWord word) => (word.Start + word.End) / 2;
}
