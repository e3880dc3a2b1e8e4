using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Storage;

/// <summary>Where objects are kept and how long their addresses live.</summary>
public sealed class ObjectOptions
{
    /// <summary>Where objects are kept. Default <see cref="ObjectProvider.Local"/>.</summary>
    public ObjectProvider Provider { get; set; }

    /// <summary>
    /// For how long a signed address opens its object, in seconds: 60 to 7 days (the most that S3 signs for). Default 24 h.
    /// </summary>
    [Range(60, 604_800)]
    public int AddressLifetimeSeconds { get; set; } = 86_400;
}

/// <summary>What keeps the objects.</summary>
public enum ObjectProvider
{
    /// <summary>A folder; the API serves its files.</summary>
    Local,

    /// <summary>A bucket of S3 or of a compatible server: section <c>Objects:S3</c>.</summary>
    S3,
}
