using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Recognition;

namespace AiDub.Jobs.Engines.Whisper;

/// <summary>Tells what was said from what Whisper makes up: on silence and music, in loops, and where it is unsure.</summary>
/// <param name="speech">Where somebody speaks, in order; null when it is not known.</param>
/// <param name="minProbability">How probable a text must be, 0–1.</param>
internal sealed class HeardFilter(IReadOnlyList<AudioSpan>? speech, double minProbability)
{
    // Whisper's own rule for a segment that is no speech: no_speech_threshold and logprob_threshold.
    private const double NoSpeech = 0.6;
    private const double Unlikely = 0.37;

    // A text that has less than this of speech under it was heard in something else.
    private const double LeastSpoken = 0.1;

    // What its training ends recordings with; said in earnest it is probable, and lies in speech.
    private static readonly string[] Endings =
    [
        "thanks for watching", "thank you for watching", "please subscribe", "subscribe to my channel", "subtitles by", "amara.org",
        "gracias por ver el video", "suscríbete", "subtítulos realizados por", "untertitel im auftrag", "untertitel der amara",
        "sous-titres réalisés par", "sous-titrage", "merci d'avoir regardé", "legendas pela comunidade", "inscreva-se",
        "sottotitoli creati dalla", "ご視聴ありがとうございました", "字幕by", "продолжение следует", "субтитры", "terima kasih telah menonton",
    ];

    private readonly Dictionary<string, int> _counts = [];

    /// <summary>How many words were left out, by the reason: <c>silence</c>, <c>unlikely</c>, <c>repeated</c>, <c>made_up</c>.</summary>
    public IReadOnlyDictionary<string, int> LeftOut => _counts;

    /// <summary>The words that were said, at the times at which somebody speaks.</summary>
    public IReadOnlyList<RecognizedWord> Words(IReadOnlyList<HeardPiece> pieces)
    {
        var words = new List<RecognizedWord>();
        foreach (var piece in pieces.Where(p => SpokenText.IsSpeakable(p.Text)))
        {
            var said = TokenWords.Of(piece);
            if (Fault(piece, said) is { } fault)
                Count(fault, said.Count);
            else
                words.AddRange(said);
        }
        var kept = Repetition.Once([.. words.Select(w => w.Text)]);
        Count("repeated", words.Count - kept.Count);
        return SpeechSnap.Snap([.. kept.Select(i => words[i])], speech);
    }

    private string? Fault(HeardPiece piece, IReadOnlyList<RecognizedWord> words)
    {
        var probability = words.Count == 0 ? 0 : Math.Exp(words.Average(w => Math.Log(Math.Max(1e-6, w.Confidence))));
        var spoken = Spoken(piece);
        if (HeardChunk.IsSoundEffect(piece.Text) || spoken < LeastSpoken || (piece.NoSpeech > NoSpeech && probability < Unlikely))
            return "silence";
        if (probability < minProbability)
            return "unlikely";
        var isEnding = Endings.Any(e => piece.Text.Contains(e, StringComparison.OrdinalIgnoreCase));
        return isEnding && (spoken < 0.5 || probability < 0.6) ? "made_up" : null;
    }

    // The share of a piece in which somebody speaks.
    private double Spoken(HeardPiece piece) => speech is null
        ? 1
        : speech.Sum(s => Math.Max(0, Math.Min(s.End, piece.End) - Math.Max(s.Start, piece.Start)))
            / Math.Max(0.01, piece.End - piece.Start);

    private void Count(string reason, int words)
    {
        if (words > 0)
            _counts[reason] = _counts.GetValueOrDefault(reason) + words;
    }
}
