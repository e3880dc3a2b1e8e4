namespace AiDub.Jobs.Engines.Silero;

/// <summary>What is asked of Silero's process.</summary>
/// <param name="Wav">The absolute path of a 16 kHz mono 16-bit WAV file.</param>
/// <param name="Threshold">From what probability on it is speech.</param>
/// <param name="Threads">How many cores it may use; 1 or more.</param>
internal sealed record SileroAsk(string Wav, double Threshold, int Threads);

/// <summary>What it answers.</summary>
/// <param name="Spans">Start and end of each stretch of speech, in seconds.</param>
internal sealed record SileroAnswer(IReadOnlyList<double[]> Spans);
