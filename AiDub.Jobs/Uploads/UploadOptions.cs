using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Uploads;

/// <summary>How long uploads are kept: configuration section <c>Uploads</c>.</summary>
public sealed class UploadOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Uploads";

    /// <summary>For how many hours after the day (UTC) of its upload a file is kept at least: 1 to 8760. Default 168 (a week).</summary>
    [Range(1, 8760)]
    public int KeepHours { get; set; } = 168;

    /// <summary>How often old uploads are looked for, in seconds: 1 to 86400. Default 3600.</summary>
    [Range(1, 86400)]
    public int SweepSeconds { get; set; } = 3600;
}
