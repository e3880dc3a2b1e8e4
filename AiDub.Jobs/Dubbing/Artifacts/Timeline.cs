using AiDub.Domain.Dubbing;
using AiDub.Domain.Subtitles;
using AiDub.Domain.Timing;

namespace AiDub.Jobs.Dubbing.Artifacts;

/// <summary>Where every spoken segment of a dub was placed.</summary>
public sealed record Timeline
{
    /// <summary>How long the video lasts, in seconds.</summary>
    public required double VideoSeconds { get; init; }

    /// <summary>How well the whole fits.</summary>
    public required TimingReport Timing { get; init; }

    /// <summary>The segments, in order.</summary>
    public required IReadOnlyList<TimelineSegment> Segments { get; init; }

    /// <summary>Sounds that the texts describe and that nobody speaks.</summary>
    public IReadOnlyList<Cue> Sounds { get; init; } = [];

    /// <summary>What there was no room for, in order.</summary>
    public IReadOnlyList<LeftOutSegment> LeftOut { get; init; } = [];

    /// <summary>
    /// What is said, and the sounds that are described, as subtitles in order of start; what is left out of the speech is there too, at the
    /// time of the original.
    /// </summary>
    public IReadOnlyList<Cue> Cues() =>
    [
        .. Segments.Select(s => new Cue(s.Start, s.End, s.Caption ?? s.Text))
            .Concat(LeftOut.Select(s => new Cue(s.Start, s.End, s.Caption ?? s.Text)))
            .Concat(Sounds)
            .OrderBy(c => c.Start)
            .SelectMany(c => CueSplitter.Split(c.Start, c.End, c.Text)),
    ];
}

/// <summary>One spoken segment on the timeline.</summary>
public sealed record TimelineSegment
{
    /// <summary>Its place in the translation, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>When it starts, in seconds.</summary>
    public required double Start { get; init; }

    /// <summary>When it ends, in seconds, exclusive.</summary>
    public required double End { get; init; }

    /// <summary>When the original starts, in seconds.</summary>
    public required double OriginalStart { get; init; }

    /// <summary>When the original ends, in seconds.</summary>
    public required double OriginalEnd { get; init; }

    /// <summary>How fast it is heard; 1 is the voice's own rate.</summary>
    public required double Tempo { get; init; }

    /// <summary>The part of <see cref="Tempo"/> that is stretched; the voice spoke the rest itself.</summary>
    public required double Stretch { get; init; }

    /// <summary>The object key of its speech, before it is stretched.</summary>
    public required string Key { get; init; }

    /// <summary>The voice.</summary>
    public required string Voice { get; init; }

    /// <summary>What is said.</summary>
    public required string Text { get; init; }

    /// <summary>What subtitles show, where that is more than is said; else null.</summary>
    public string? Caption { get; init; }
}
