using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Storage.S3;

/// <summary>The S3 account that objects are kept in and <c>s3://</c> sources are read from: section <c>Objects:S3</c>.</summary>
public sealed class S3Options
{
    /// <summary>The section's name.</summary>
    public const string Section = "Objects:S3";

    /// <summary>
    /// The address of a compatible server, such as <c>https://minio.example:9000</c>. Default none: AWS, in <see cref="Region"/>.
    /// </summary>
    public string? ServiceUrl { get; set; }

    /// <summary>
    /// The same server as browsers reach it, such as <c>https://files.example.com</c>, where that is not <see cref="ServiceUrl"/>:
    /// presigned addresses name it and are signed for it. Default none.
    /// </summary>
    public string? PublicServiceUrl { get; set; }

    /// <summary>The bucket that objects are kept in. It must exist. Needed when <c>Objects:Provider</c> is <c>S3</c>.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>
    /// The region, such as <c>eu-west-1</c>. Needed on AWS unless the environment variable <c>AWS_REGION</c> names it; with a
    /// <see cref="ServiceUrl"/> it is only signed with, and <c>us-east-1</c> by default.
    /// </summary>
    public string? Region { get; set; }

    /// <summary>
    /// The access key's id. Default none, like <see cref="SecretKey"/>: the SDK's own chain of environment, profile and machine role.
    /// </summary>
    public string? AccessKey { get; set; }

    /// <summary>The access key's secret. Never logged.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Whether the bucket is part of the path rather than of the host. Default: with a <see cref="ServiceUrl"/>, yes.</summary>
    public bool? ForcePathStyle { get; set; }

    /// <summary>
    /// Where anyone can open the bucket's objects by key, such as a CDN's <c>https://videos.example.com</c>: results and uploads then have
    /// the address <c>PublicBaseUrl/key</c>, unsigned and without end. Default none: presigned addresses that live
    /// <c>Objects:AddressLifetimeSeconds</c>.
    /// </summary>
    public string? PublicBaseUrl { get; set; }

    /// <summary>
    /// Objects from this size on are sent in parts of it, in bytes: 5 MiB to 5 GiB. Default 16 MiB. Files of more than 10,000 parts, the
    /// most that S3 takes, are sent in larger ones.
    /// </summary>
    [Range(5L << 20, 5L << 30)]
    public long PartSizeBytes { get; set; } = 16L << 20;

    /// <summary>How many parts of one object are sent at once: 1 to 32. Default 4.</summary>
    [Range(1, 32)]
    public int ConcurrentParts { get; set; } = 4;

    /// <summary>
    /// Whether objects carry checksums that the server verifies on the way in and we on the way out. Default
    /// <see cref="S3Checksums.Auto"/>.
    /// </summary>
    public S3Checksums Checksums { get; set; }

    /// <summary>How long a connection may take to open, in seconds: 1 to 60. Default 10.</summary>
    [Range(1, 60)]
    public int ConnectTimeoutSeconds { get; set; } = 10;

    /// <summary>
    /// How long the server may take to receive a request with its part and to begin its answer, in seconds: 1 to 3600. Default 300. A
    /// request at which nothing happens is ended before: see <see cref="IdleTimeoutSeconds"/>.
    /// </summary>
    [Range(1, 3600)]
    public int RequestTimeoutSeconds { get; set; } = 300;

    /// <summary>
    /// How long the server may do nothing, in seconds: 1 to 3600. Default 60. It does something while it takes more of what is sent or
    /// sends more of an object, and has so long to begin its answer; for putting the parts of an object together it has
    /// <see cref="RequestTimeoutSeconds"/>.
    /// </summary>
    [Range(1, 3600)]
    public int IdleTimeoutSeconds { get; set; } = 60;

    /// <summary>
    /// A PEM file of certificates to trust beside the system's, for servers with a private authority or a certificate of their own.
    /// Default none.
    /// </summary>
    public string? TrustedCertificateFile { get; set; }
}

/// <summary>When checksums are sent and verified.</summary>
public enum S3Checksums
{
    /// <summary>On AWS always; on compatible servers, many of which refuse or store them, only where an operation requires them.</summary>
    Auto,

    /// <summary>Always.</summary>
    Always,

    /// <summary>Only where an operation requires them.</summary>
    WhenRequired,
}
