using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Outages;

/// <summary>Section <c>Dubbing</c>: how long dubs wait for what is away.</summary>
public sealed class OutageOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Dubbing";

    /// <summary>
    /// For how many hours a dub waits while its objects, an engine's server or room on the disk are away, before it fails: 0.0001 to 8760.
    /// Default 24.
    /// </summary>
    [Range(0.0001, 8760)]
    public double OutageHours { get; set; } = 24;

    /// <summary>
    /// The longest pause between two looks whether what is away is back, in seconds: 0.05 to 60. Default 5; the first looks come sooner.
    /// </summary>
    [Range(0.05, 60)]
    public double ProbeSeconds { get; set; } = 5;
}
