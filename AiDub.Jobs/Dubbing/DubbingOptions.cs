using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Dubbing;

/// <summary>How dubs are held, retried and kept.</summary>
public sealed class DubbingOptions
{
    private const double LongestRetrySeconds = 300;

    /// <summary>After how many seconds without a heartbeat an attempt counts as dead: 5 to 3600. Default 30.</summary>
    [Range(5, 3600)]
    public int LeaseSeconds { get; set; } = 30;

    /// <summary>How often an attempt writes its heartbeat and percent, in seconds: 0.2 to 60, well below the lease; a cancelled dub stops at the next one. Default 1.</summary>
    [Range(0.2, 60)]
    public double HeartbeatSeconds { get; set; } = 1;

    /// <summary>How often abandoned dubs are looked for, in seconds: 1 to 3600. Default 10.</summary>
    [Range(1, 3600)]
    public int SweepSeconds { get; set; } = 10;

    /// <summary>How often the object store is searched for what dubs left that were killed as they ended, in seconds: 1 to 86400. Default 3600.</summary>
    [Range(1, 86400)]
    public int LeftoverSeconds { get; set; } = 3600;

    /// <summary>How many transient faults a dub survives without getting on before it fails: 0 to 50. Default 5. Outages are waited out and not counted.</summary>
    [Range(0, 50)]
    public int MaxFaults { get; set; } = 5;

    /// <summary>Seconds before the first retry; each further one waits twice as long, up to 5 minutes: 0.1 to 300. Default 2.</summary>
    [Range(0.1, 300)]
    public double RetrySeconds { get; set; } = 2;

    /// <summary>How long a dub waits for its next try.</summary>
    /// <param name="faults">How many tries have failed.</param>
    internal TimeSpan RetryWait(int faults) =>
        TimeSpan.FromSeconds(Math.Min(LongestRetrySeconds, RetrySeconds * Math.Pow(2, Math.Clamp(faults - 1, 0, 20))));

    /// <summary>
    /// For how many hours a dub waits while its objects, an engine's server or room on the disk are away, before it fails: 0.0001 to 8760. Default 24.
    /// </summary>
    [Range(0.0001, 8760)]
    public double OutageHours { get; set; } = 24;

    /// <summary>The longest pause between looks whether what is away is back, in seconds: 0.05 to 60. Default 5; the first come sooner.</summary>
    [Range(0.05, 60)]
    public double ProbeSeconds { get; set; } = 5;

    /// <summary>For how many hours the progress document of a finished dub waits to be read: 1 to 8760. Default 168 (a week).</summary>
    [Range(1, 8760)]
    public int KeepUnreadHours { get; set; } = 168;

    /// <summary>
    /// For how many hours the work of a failed dub is kept for a retry: 0 to 8760. Default 24. Nothing is kept of one whose source was refused.
    /// </summary>
    [Range(0, 8760)]
    public double KeepFailedHours { get; set; } = 24;

    /// <summary>
    /// For how many hours the source and the speech of a finished dub are kept, so that it can be edited and rendered again: 0 to 8760. Default 24;
    /// 0: they are removed as soon as it is done.
    /// </summary>
    [Range(0, 8760)]
    public double KeepEditableHours { get; set; } = 24;
}
