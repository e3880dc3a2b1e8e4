using AiDub.Domain.Dubbing;

namespace AiDub.Jobs.Dubbing.Artifacts;

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

    /// <summary>How loud source and result are.</summary>
    public required LoudnessReport Loudness { get; init; }

    /// <summary>What was done to the original sound.</summary>
    public BackgroundReport? Background { get; init; }

    /// <summary>What became of the picture; null when there is only sound.</summary>
    public PictureReport? Picture { get; init; }
}
