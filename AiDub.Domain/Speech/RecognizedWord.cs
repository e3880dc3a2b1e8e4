namespace AiDub.Domain.Speech;

/// <summary>A word that a recogniser heard.</summary>
/// <param name="Text">The word as the recogniser's dictionary spells it.</param>
/// <param name="Start">Seconds from the start of the audio, inclusive.</param>
/// <param name="End">Seconds from the start of the audio, exclusive.</param>
/// <param name="Confidence">How sure the recogniser is, 0–1.</param>
public readonly record struct RecognizedWord(string Text, double Start, double End, double Confidence = 1);
