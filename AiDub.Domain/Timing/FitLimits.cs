namespace AiDub.Domain.Timing;

/// <summary>How far speech may be bent to fit the picture.</summary>
/// <remarks>
/// Three bounds, each tried where the one before leaves no plan. Comfort: <see cref="MaxTempo"/>. Need, with a warning:
/// <see cref="MaxTempoAtEnd"/>. And the most that is ever published: that tempo, within <see cref="MostEarlySeconds"/> and
/// <see cref="MostLateSeconds"/>, nothing after the end of the video; what does not fit then is left out.
/// </remarks>
public sealed record FitLimits
{
    /// <summary>The slowest tempo; 1 is the voice's own.</summary>
    public double MinTempo { get; init; } = 0.9;

    /// <summary>The tempo up to which speech is sped up wherever it is too long for its slot.</summary>
    public double MaxTempo { get; init; } = 1.3;

    /// <summary>
    /// The tempo up to which speech may go, with a warning, where nothing else helps; no speech is published that is faster. It counts from
    /// the voice's own rate, whether the voice speaks faster or is sped up afterwards. Speech at twice its rate is still understood, if
    /// with effort.
    /// </summary>
    public double MaxTempoAtEnd { get; init; } = 2.0;

    /// <summary>How much earlier than the original speech may start, in seconds.</summary>
    public double MaxEarlySeconds { get; init; } = 0.2;

    /// <summary>How much later than the original speech may start before it is sped up beyond <see cref="MaxTempo"/>, in seconds.</summary>
    public double MaxLateSeconds { get; init; } = 1.0;

    /// <summary>How much earlier than the original speech ever starts, in seconds; only where it would otherwise be left out.</summary>
    public double MostEarlySeconds { get; init; } = 2.0;

    /// <summary>How much later than the original speech ever starts, in seconds; beyond it, it would be heard to another picture.</summary>
    public double MostLateSeconds { get; init; } = 3.0;

    /// <summary>The shortest silence between two segments, in seconds, where there is room for one.</summary>
    public double MinGapSeconds { get; init; } = 0.08;
}

/// <summary>Speech that is to be placed.</summary>
/// <param name="Index">Its segment.</param>
/// <param name="Start">When the original starts, in seconds; 0 or more.</param>
/// <param name="End">When the original ends, in seconds; after <paramref name="Start"/>.</param>
/// <param name="SpeechSeconds">How long it is at the voice's own tempo; more than 0.</param>
public sealed record FitItem(int Index, double Start, double End, double SpeechSeconds);

/// <summary>Where speech was placed: [<paramref name="Start"/>, <see cref="End"/>) seconds.</summary>
/// <param name="Index">Its segment.</param>
/// <param name="Start">When it starts, in seconds.</param>
/// <param name="Length">How long it lasts at <paramref name="Tempo"/>, in seconds.</param>
/// <param name="Tempo">1 is the voice's own; more is faster.</param>
/// <param name="OriginalStart">When the original starts, in seconds.</param>
/// <param name="OriginalEnd">When the original ends, in seconds.</param>
public sealed record Placement(int Index, double Start, double Length, double Tempo, double OriginalStart, double OriginalEnd)
{
    /// <summary>When it ends, in seconds, exclusive.</summary>
    public double End => Start + Length;

    /// <summary>How far it starts from the original, in seconds; positive is late.</summary>
    public double StartError => Start - OriginalStart;
}

/// <summary>Where all speech goes.</summary>
/// <param name="Placements">In order; none overlaps another and none passes the video's end.</param>
/// <param name="ExceedsMaxTempo">Whether speech is faster than <see cref="FitLimits.MaxTempo"/> somewhere, because nothing else
/// helped.</param>
public sealed record FitPlan(IReadOnlyList<Placement> Placements, bool ExceedsMaxTempo)
{
    /// <summary>What there is no room for within <see cref="FitLimits"/>, in order.</summary>
    public IReadOnlyList<FitItem> LeftOut { get; init; } = [];
}
