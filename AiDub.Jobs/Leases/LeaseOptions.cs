using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Leases;

/// <summary>Section <c>Dubbing</c>: how long somebody who says nothing still counts as alive, and how often each says that it is.</summary>
public sealed class LeaseOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Dubbing";

    /// <summary>After how many seconds without a heartbeat an attempt counts as dead: 5 to 3600. Default 30.</summary>
    [Range(5, 3600)]
    public int LeaseSeconds { get; set; } = 30;

    /// <summary>
    /// How often an attempt writes its heartbeat and percent, in seconds: 0.2 to 60, at most half of the lease; a cancelled dub stops at
    /// the next one. Default 1.
    /// </summary>
    [Range(0.2, 60)]
    public double HeartbeatSeconds { get; set; } = 1;

    /// <summary>How often abandoned dubs are looked for, in seconds: 1 to 3600. Default 10.</summary>
    [Range(1, 3600)]
    public int SweepSeconds { get; set; } = 10;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (2 * HeartbeatSeconds > LeaseSeconds)
            yield return new ValidationResult(
                $"{nameof(HeartbeatSeconds)} is more than half of {Section}:{nameof(LeaseSeconds)}: who works on a dub would count as "
                    + "dead.",
                [nameof(HeartbeatSeconds)]);
    }
}
