using System.ComponentModel.DataAnnotations;
using AiDub.Domain.Sources;

namespace AiDub.Jobs.Fetching;

/// <summary>What may be fetched, from where and how large: section <c>Source</c>.</summary>
public sealed class SourceOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Source";

    /// <summary>
    /// The only hosts with private addresses that may be fetched from, as <c>host:port</c> the way an address names them
    /// (the port also when it is 80 or 443); any port is allowed there. Default: none.
    /// </summary>
    [HostsAndPorts]
    public IReadOnlyList<string> AllowedPrivateHosts { get; init; } = [];

    /// <summary>Ports other than 80 and 443 that public hosts may be fetched from. Default: none.</summary>
    public IReadOnlyList<int> AllowedPorts { get; init; } = [];

    /// <summary>
    /// The buckets that <c>s3://bucket/key</c> sources may be in, read with the account of <c>Objects:S3</c>. Default: none. Leave
    /// <c>Objects:S3:Bucket</c> out: it holds what everybody's dubs are made of.
    /// </summary>
    [BucketNames]
    public IReadOnlyList<string> AllowedBuckets { get; init; } = [];

    /// <summary>The largest source in bytes. Default 4 GiB; 1 to 1 TiB.</summary>
    [Range(1, 1L << 40)]
    public long MaxBytes { get; init; } = 4L << 30;

    /// <summary>The longest source in seconds. Default 14400 (4 hours); 1 to 86400.</summary>
    [Range(1.0, 86400.0)]
    public double MaxDurationSeconds { get; init; } = 14400;

    /// <summary>The largest picture in pixels, width times height. Default 67108864 (8192 × 8192); 1 to 268435456.</summary>
    [Range(1L, 1L << 28)]
    public long MaxPixels { get; init; } = 1 << 26;

    /// <summary>The highest frame rate, in frames a second on average. Default 300; 1 to 10000.</summary>
    [Range(1.0, 10000.0)]
    public double MaxFrameRate { get; init; } = 300;

    /// <summary>The most streams that a source may have. Default 100; 1 to 1000.</summary>
    [Range(1, 1000)]
    public int MaxStreams { get; init; } = 100;

    /// <summary>How long a whole transfer may take, in seconds, redirects included. Default 1800; 1 to 86400.</summary>
    [Range(1, 86400)]
    public int DownloadTimeoutSeconds { get; init; } = 1800;

    /// <summary>
    /// How long a source server may send nothing before it is asked again for the rest, in seconds. Default 60; 1 to 3600.
    /// </summary>
    [Range(1, 3600)]
    public int IdleTimeoutSeconds { get; init; } = 60;
}

/// <summary>Every entry of a list must be a host and a port as an address has them, or no address would ever match it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HostsAndPortsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        (value as IEnumerable<string>)?.FirstOrDefault(entry => !CanMatch(entry)) is { } wrong
            ? new ValidationResult(
                $"{validationContext.MemberName} holds '{wrong}', which is not a host and a port such as media.example.com:443.",
                [validationContext.MemberName!])
            : ValidationResult.Success;

    // An empty one is what a variable leaves that is not set, and names nothing.
    private static bool CanMatch(string entry) => entry.Length == 0
        || SourceUrl.TryParse($"http://{entry}", out var address)
            && string.Equals(address!.HostAndPort, entry, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Every entry of a list must be able to be a bucket's name.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BucketNamesAttribute() : ValidationAttribute("The field {0} must be a list of bucket names.")
{
    public override bool IsValid(object? value) => value is IEnumerable<string> names && names.All(S3Url.IsBucketName);
}
