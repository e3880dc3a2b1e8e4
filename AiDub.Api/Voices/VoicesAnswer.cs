using AiDub.Domain.Speakers;

namespace AiDub.Api.Voices;

/// <summary>The voices that a language can be spoken by.</summary>
internal sealed record VoicesAnswer
{
    /// <summary>The language as ISO 639-1.</summary>
    public required string ToLang { get; init; }

    /// <summary>The engine that speaks it.</summary>
    public required string Engine { get; init; }

    /// <summary>
    /// Its voices, the one that is taken when none is chosen first; empty when the engine does not tell them, and takes any name.
    /// </summary>
    public required IReadOnlyList<VoiceAnswer> Voices { get; init; }
}

/// <summary>A voice.</summary>
/// <param name="Name">By the engine's own naming: what <c>voices</c> of a submission and <c>voice</c> of an edit take.</param>
/// <param name="Gender">How it sounds, <c>female</c> or <c>male</c>; absent when that is not known.</param>
/// <param name="PitchHz">Its median pitch in Hz; absent when it is not known.</param>
internal sealed record VoiceAnswer(string Name, string? Gender, double? PitchHz)
{
    /// <summary>The answer for a voice.</summary>
    public static VoiceAnswer Of(OfferedVoice voice) =>
        new(voice.Name, voice.Gender?.ToString().ToLowerInvariant(), voice.PitchHz is { } pitch ? Math.Round(pitch, 1) : null);
}
