namespace AiDub.Domain.Speakers;

/// <summary>How a voice sounds over a stretch of speech, measured where it is voiced.</summary>
public sealed record VoicePrint
{
    /// <summary>How much of the stretch is voiced, in seconds; more than 0.</summary>
    public required double VoicedSeconds { get; init; }

    /// <summary>The median pitch, in Hz.</summary>
    public required double PitchHz { get; init; }

    /// <summary>How far the middle half of the pitches lies apart, in semitones.</summary>
    public required double PitchSpread { get; init; }

    /// <summary>The means of the mel-frequency cepstral coefficients 1 to 14.</summary>
    public required IReadOnlyList<double> Timbre { get; init; }

    /// <summary>The variances of the same from frame to frame.</summary>
    public required IReadOnlyList<double> TimbreVariance { get; init; }
}
