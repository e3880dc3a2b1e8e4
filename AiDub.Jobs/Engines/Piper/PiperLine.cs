namespace AiDub.Jobs.Engines.Piper;

/// <summary>What the process of a voice is asked.</summary>
/// <param name="Sentences">The numbers of each sentence's sounds.</param>
/// <param name="LengthScale">How long each sound is: 1 as the voice speaks, more is slower.</param>
/// <param name="NoiseScale">How much each sound varies.</param>
/// <param name="NoiseWidth">How much the length of each sound varies.</param>
/// <param name="Speaker">The number of the speaker; null where there is one.</param>
/// <param name="SampleRate">In Hz.</param>
/// <param name="Wav">The file to write.</param>
internal sealed record PiperAsk(
    IReadOnlyList<IReadOnlyList<long>> Sentences, double LengthScale, double NoiseScale, double NoiseWidth, long? Speaker, int SampleRate,
    string Wav);

/// <summary>What it answers.</summary>
/// <param name="Samples">How many samples it wrote.</param>
internal sealed record PiperAnswer(int Samples);
