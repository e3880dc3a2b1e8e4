namespace AiDub.Domain.Speech;

/// <summary>The speech of a source.</summary>
/// <param name="Seconds">For how long somebody speaks.</param>
/// <param name="UnrecognizedSeconds">For how long of that no words were recognised.</param>
/// <param name="Unrecognized">Where, in order: the first 100.</param>
public sealed record SpeechReport(double Seconds, double UnrecognizedSeconds, IReadOnlyList<AudioSpan> Unrecognized)
{
    private const int MostReported = 100;
    private const double MuchSeconds = 2;
    private const double MuchShare = 0.1;

    /// <summary>The report of a transcript, to a hundredth of a second; null when it is not known where somebody speaks.</summary>
    public static SpeechReport? Of(Transcript transcript)
    {
        if (transcript.Speech is not { } speech)
            return null;
        var missing = UnrecognizedSpeech.Of(speech, transcript.Segments);
        return new SpeechReport(
            Round(speech.Sum(s => s.Length)),
            Round(missing.Sum(m => m.Length)),
            [.. missing.Take(MostReported).Select(m => new AudioSpan(Round(m.Start), Round(m.End)))]);
    }

    /// <summary>Whether so much is missing that the user should know: two seconds and a tenth of the speech.</summary>
    public bool IsMuchMissing() => UnrecognizedSeconds >= MuchSeconds && UnrecognizedSeconds >= MuchShare * Seconds;

    private static double Round(double seconds) => Math.Round(seconds, 2);
}
