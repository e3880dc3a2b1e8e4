using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>Section <c>Dubbing</c>: how often, and after what pause, a dub that met a transient fault is tried again.</summary>
public sealed class RetryOptions
{
    private const double LongestRetrySeconds = 300;

    /// <summary>The section's name.</summary>
    public const string Section = "Dubbing";

    /// <summary>
    /// How many transient faults a dub survives without getting on before it fails: 0 to 50. Default 5. Outages, which are waited out, and
    /// kills of the process that works on it do not count.
    /// </summary>
    [Range(0, 50)]
    public int MaxFaults { get; set; } = 5;

    /// <summary>Seconds before the first retry; each further one waits twice as long, up to 5 minutes: 0.1 to 300. Default 2.</summary>
    [Range(0.1, 300)]
    public double RetrySeconds { get; set; } = 2;

    /// <summary>How long a dub waits for its next try.</summary>
    /// <param name="faults">How many tries have failed.</param>
    internal TimeSpan RetryWait(int faults) =>
        TimeSpan.FromSeconds(Math.Min(LongestRetrySeconds, RetrySeconds * Math.Pow(2, Math.Clamp(faults - 1, 0, 20))));
}
