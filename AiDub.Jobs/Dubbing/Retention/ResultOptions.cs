using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Dubbing.Retention;

/// <summary>How long results are kept: configuration section <c>Results</c>.</summary>
public sealed class ResultOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Results";

    /// <summary>
    /// After how many days a finished dub is deleted with its files, as its user would, counted from when it was last rendered: 0 to
    /// 36,500. Default 0: never.
    /// </summary>
    [Range(0, 36_500)]
    public int KeepDays { get; set; }
}
