using AiDub.Domain.Errors;

namespace AiDub.Domain.Dubbing;

/// <summary>
/// That a step was done: committed after its outputs, with the progress document, so only by the attempt that holds the dub.
/// </summary>
/// <param name="Name">The step.</param>
/// <param name="Attempt">The attempt that did it.</param>
/// <param name="Seconds">How long it took, in seconds of wall-clock time.</param>
/// <param name="Warnings">What it warned of.</param>
public sealed record StepRecord(string Name, int Attempt, double Seconds, IReadOnlyList<DubWarning> Warnings)
{
    /// <summary>The name of what is no step: that artifacts of the revision before are what a revision is made from.</summary>
    public const string Before = "before";

    /// <summary>The dub that did it: of the steps that the dubs of a batch share, one did each.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>The stage that it belongs to; null when a version did it that did not say.</summary>
    public DubStage? Stage { get; init; }

    /// <summary>
    /// The keys of what it wrote, but for files that lists among them name; null when a version did it whose keys no attempt had to itself.
    /// </summary>
    public IReadOnlyList<string>? Artifacts { get; init; }
}
