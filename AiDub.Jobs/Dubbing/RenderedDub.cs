using AiDub.Domain.Dubbing;
using AiDub.Domain.Timing;

namespace AiDub.Jobs.Dubbing;

/// <summary>What the render step stored, and what it measured.</summary>
public sealed record RenderedDub
{
    /// <summary>The key of the dubbed video or audio.</summary>
    public required string ResultKey { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long ResultBytes { get; init; }

    /// <summary>The key of the SubRip subtitles.</summary>
    public required string SrtKey { get; init; }

    /// <summary>The key of the WebVTT subtitles.</summary>
    public required string VttKey { get; init; }

    /// <summary>How long the result lasts, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>How the speech was fitted.</summary>
    public required TimingReport Timing { get; init; }

    /// <summary>How loud source and result are.</summary>
    public required LoudnessReport Loudness { get; init; }
}

/// <summary>Where every spoken segment of a dub was placed.</summary>
/// <param name="VideoSeconds">How long the video lasts, in seconds.</param>
/// <param name="Segments">In order.</param>
public sealed record Timeline(double VideoSeconds, IReadOnlyList<Placement> Segments);
