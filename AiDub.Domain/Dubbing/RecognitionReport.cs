using AiDub.Domain.Speech;

namespace AiDub.Domain.Dubbing;

/// <summary>What the recogniser said of its work.</summary>
/// <param name="LanguageProbability">How sure it is of the language, 0–1; null where the language was given.</param>
/// <param name="LeftOutWords">
/// How many words were left out because nobody said them, by the reason: <c>silence</c> (heard where nobody speaks), <c>unlikely</c>,
/// <c>repeated</c> (a loop), <c>made_up</c> (what its training ends recordings with); null where there are none.
/// </param>
public sealed record RecognitionReport(double? LanguageProbability, IReadOnlyDictionary<string, int>? LeftOutWords)
{
    /// <summary>The report of a transcript; null where there is nothing to say.</summary>
    public static RecognitionReport? Of(Transcript transcript) => transcript is { LanguageProbability: null, LeftOutWords: null }
        ? null
        : new RecognitionReport(transcript.LanguageProbability, transcript.LeftOutWords);
}
