namespace AiDub.Domain.Speakers;

/// <summary>When voices count as two speakers'. Measured on Flite's voices, eSpeak's variants and recordings of five people.</summary>
public sealed record SpeakerRules
{
    /// <summary>
    /// The difference of timbre that tells two speakers apart by itself: the mean over the coefficients of (difference of means)² ÷
    /// variance from frame to frame. Default 0.35; sentences of one speaker are 0.1 apart in the middle, those of two 0.7.
    /// </summary>
    public double Timbre { get; init; } = 0.35;

    /// <summary>
    /// The difference of pitch that tells two speakers apart by itself, in semitones. Default 5: one speaker's sentences spread over 5.
    /// </summary>
    public double Semitones { get; init; } = 5;

    /// <summary>Segments with less voiced speech are not used to find speakers, only assigned to one; in seconds. Default 0.3.</summary>
    public double LeastVoicedSeconds { get; init; } = 0.3;
}
