namespace AiDub.Jobs.Engines.Whisper;

/// <summary>What the process is asked.</summary>
/// <param name="Wav">A 16 kHz mono 16-bit WAV file.</param>
/// <param name="Windows">The stretches to recognise, start and end in seconds, in order; at most 30 s each.</param>
/// <param name="Language">As Whisper names it; null to detect it.</param>
/// <param name="Threads">How many threads work on one stretch.</param>
/// <param name="Parallelism">How many stretches are worked on at once.</param>
internal sealed record WhisperAsk(string Wav, IReadOnlyList<double[]> Windows, string? Language, int Threads, int Parallelism);

/// <summary>What it answers.</summary>
/// <param name="Language">The language, as Whisper names it; null when there was nothing to tell it by.</param>
/// <param name="LanguageProbability">How sure that is, 0–1; null when it was given.</param>
/// <param name="Pieces">What was heard, in order.</param>
internal sealed record WhisperAnswer(string? Language, double? LanguageProbability, IReadOnlyList<HeardPiece> Pieces);

/// <summary>A stretch of text that Whisper heard.</summary>
/// <param name="Window">The number of the window that it was heard in.</param>
/// <param name="Text">The text.</param>
/// <param name="Start">Seconds from the start of the recording.</param>
/// <param name="End">Seconds from the start of the recording.</param>
/// <param name="NoSpeech">How probable it is that nobody speaks there, 0–1.</param>
/// <param name="Tokens">What the text is made of.</param>
internal sealed record HeardPiece(int Window, string Text, double Start, double End, double NoSpeech, IReadOnlyList<HeardToken> Tokens);

/// <summary>A part of a text: a word, a part of one, or a part of a character.</summary>
/// <param name="Text">The part; U+FFFD where it is not a whole character.</param>
/// <param name="Start">Seconds from the start of the recording.</param>
/// <param name="End">Seconds from the start of the recording.</param>
/// <param name="Probability">How sure Whisper is, 0–1.</param>
internal sealed record HeardToken(string Text, double Start, double End, double Probability);
