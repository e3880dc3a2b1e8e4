using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Estimates;

/// <summary>How estimates are made.</summary>
public sealed class EstimateOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Estimates";

    /// <summary>For how many seconds a source is fetched and measured, at most: 1 to 600. Default 60.</summary>
    [Range(1.0, 600.0)]
    public double TimeoutSeconds { get; set; } = 60;

    /// <summary>How many estimates of one user are made at a time by this process: 1 to 100. Default 2.</summary>
    [Range(1, 100)]
    public int MaxPerUser { get; set; } = 2;

    /// <summary>The currency of the engines' prices, for the reader; default USD.</summary>
    [Required]
    public string Currency { get; set; } = "USD";
}
