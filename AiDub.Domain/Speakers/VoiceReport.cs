namespace AiDub.Domain.Speakers;

/// <summary>Somebody who speaks in the source, and the voice that speaks for them.</summary>
/// <param name="Speaker"><c>S1</c>, <c>S2</c> …: what <c>voices</c> of a request may name.</param>
/// <param name="Gender"><c>male</c> or <c>female</c>: a guess by pitch; null without one.</param>
/// <param name="PitchHz">Their median pitch in Hz; null when none could be measured.</param>
/// <param name="Voice">The voice by the engine's own name.</param>
/// <param name="Segments">How many of their segments were spoken.</param>
public sealed record VoiceReport(string Speaker, string? Gender, double? PitchHz, string Voice, int Segments);
