using AiDub.Domain.Errors;

namespace AiDub.Domain.Dubbing;

/// <summary>What is being done for a running dub right now, beyond its stage and percent; written with the heartbeat.</summary>
public sealed record DubActivity
{
    /// <summary>Nothing is known yet.</summary>
    public static DubActivity None { get; } = new();

    /// <summary>The step that works, such as <c>speak</c>; null before the first one has begun.</summary>
    public string? Step { get; init; }

    /// <summary>How many segments the step has done; null when it does not count them.</summary>
    public int? SegmentsDone { get; init; }

    /// <summary>How many segments the step has to do; null when it does not count them.</summary>
    public int? SegmentsTotal { get; init; }

    /// <summary>When the dub is expected to be complete, in whole seconds from now; null while that cannot be known.</summary>
    public int? EtaSeconds { get; init; }

    /// <summary>What the dub waits for; null while it is worked on.</summary>
    public DubWait? Wait { get; init; }

    /// <summary>What is known already to be not as good as it could be.</summary>
    public IReadOnlyList<DubWarning> Warnings { get; init; } = [];

    /// <summary>
    /// Rises with every change that a poll shows: Unix milliseconds of the change, or one more than before. 0: nothing has changed.
    /// </summary>
    public long Version { get; init; }

    /// <inheritdoc />
    public bool Equals(DubActivity? other) =>
        other is not null && Version == other.Version && (Step, SegmentsDone, SegmentsTotal, EtaSeconds, Wait) ==
        (other.Step, other.SegmentsDone, other.SegmentsTotal, other.EtaSeconds, other.Wait) && Warnings.SequenceEqual(other.Warnings);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Step, SegmentsDone, SegmentsTotal, EtaSeconds, Wait, Warnings.Count, Version);
}

/// <summary>That a dub waits for something that is not to be reached.</summary>
/// <param name="For">What: <c>records</c>, <c>objects</c>, <c>engine</c> or <c>storage</c>.</param>
/// <param name="Message">The same for a person, with the engine's name.</param>
/// <param name="Since">Since when.</param>
public sealed record DubWait(string For, string Message, DateTimeOffset Since);
