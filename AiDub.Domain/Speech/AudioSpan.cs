namespace AiDub.Domain.Speech;

/// <summary>A stretch of audio, in seconds from its start.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive; after <paramref name="Start"/>.</param>
public readonly record struct AudioSpan(double Start, double End)
{
    /// <summary>Seconds.</summary>
    public double Length => End - Start;
}
