using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Dubbing.Retention;

/// <summary>Section <c>Dubbing</c>: how long what dubs leave is kept, and how often what nobody needs is looked for.</summary>
public sealed class RetentionOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Dubbing";

    /// <summary>For how many hours the progress document of a finished dub waits to be read: 1 to 8760. Default 168 (a week).</summary>
    [Range(1, 8760)]
    public int KeepUnreadHours { get; set; } = 168;

    /// <summary>
    /// For how many hours the work of a failed dub is kept for a retry: 0 to 8760. Default 24. Nothing is kept of one whose source was
    /// refused.
    /// </summary>
    [Range(0.0, 8760.0)]
    public double KeepFailedHours { get; set; } = 24;

    /// <summary>
    /// For how many hours the source and the speech of a finished dub are kept, so that it can be edited and rendered again: 0 to 8760.
    /// Default 24; 0: they are removed as soon as it is done.
    /// </summary>
    [Range(0.0, 8760.0)]
    public double KeepEditableHours { get; set; } = 24;

    /// <summary>
    /// How often, in seconds, the object store is searched for the files of dubs that were killed as they ended, and on MongoDB the data
    /// folder for the files of killed processes: 1 to 86400. Default 3600.
    /// </summary>
    [Range(1, 86400)]
    public int LeftoverSeconds { get; set; } = 3600;
}
