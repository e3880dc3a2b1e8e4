using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Storage;

/// <summary>Where objects are kept and how long their addresses live.</summary>
public sealed class ObjectOptions
{
    /// <summary>For how long a signed address opens its object, in seconds: 60 to 7 days (the most that S3 signs for). Default 24 h.</summary>
    [Range(60, 604_800)]
    public int AddressLifetimeSeconds { get; set; } = 86_400;
}
