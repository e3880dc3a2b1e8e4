using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using Amazon.S3.Transfer;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage.S3;

/// <summary>The connection to the S3 account of the options, opened when it is first used.</summary>
public sealed class S3Connection : IDisposable
{
    private const string SignedRegionByDefault = "us-east-1";

    private readonly IOptions<S3Options> _options;
    private readonly ILogger _log;
    private readonly Lazy<Parts> _parts;

    /// <summary>A connection that is not open yet.</summary>
    public S3Connection(IOptions<S3Options> options, ILogger<S3Connection> log)
    {
        (_options, _log) = (options, log);
        _parts = new Lazy<Parts>(Open);
    }

    /// <summary>The options.</summary>
    public S3Options Options => _options.Value;

    /// <summary>The client.</summary>
    public IAmazonS3 Client => _parts.Value.Client;

    /// <summary>Sends files, large ones in parts.</summary>
    public ITransferUtility Transfers => _parts.Value.Transfers;

    /// <summary>Whether bodies go unsigned: over TLS to a compatible server, which may store the signatures of chunks as content.</summary>
    public bool SendsUnsignedBodies =>
        Options.ServiceUrl is { Length: > 0 } url && url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Signs addresses for others, at <see cref="S3Options.PublicServiceUrl"/> where there is one; it sends nothing.</summary>
    public IAmazonS3 Signer => _parts.Value.Signer;

    /// <summary>How addresses for others begin: the protocol of the server as they reach it.</summary>
    public Protocol Protocol => PublicUrl?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true ? Protocol.HTTP : Protocol.HTTPS;

    private string? PublicUrl => string.IsNullOrEmpty(Options.PublicServiceUrl) ? Options.ServiceUrl : Options.PublicServiceUrl;

    /// <summary>The key that requests are signed with now.</summary>
    public ImmutableCredentials CurrentCredentials() =>
        (_parts.Value.Credentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials(Client.Config)).GetCredentials();

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_parts.IsValueCreated)
            return;
        _parts.Value.Transfers.Dispose();
        _parts.Value.Signer.Dispose();
        _parts.Value.Client.Dispose();
        _parts.Value.Http.Dispose();
    }

    private Parts Open()
    {
        var http = new S3HttpClients(Options);
        var credentials = string.IsNullOrEmpty(Options.AccessKey) ? null : new BasicAWSCredentials(Options.AccessKey, Options.SecretKey);
        var client = Client(Options.ServiceUrl);
        var signer = PublicUrl == Options.ServiceUrl ? client : Client(PublicUrl);
        var transfers = new TransferUtility(client, new TransferUtilityConfig
        {
            MinSizeBeforePartUpload = Options.PartSizeBytes,
            ConcurrentServiceRequests = Options.ConcurrentParts,
        });
        return new Parts(client, signer, transfers, credentials, http);

        S3Client Client(string? server) =>
            credentials is null ? new S3Client(Config(http, server), _log) : new S3Client(credentials, Config(http, server), _log);
    }

    private AmazonS3Config Config(HttpClientFactory http, string? server)
    {
        var isCompatible = !string.IsNullOrEmpty(server);
        var always = Options.Checksums == S3Checksums.Always || (Options.Checksums == S3Checksums.Auto && !isCompatible);
        var config = new AmazonS3Config
        {
            HttpClientFactory = http,
            ForcePathStyle = Options.ForcePathStyle ?? isCompatible,
            RequestChecksumCalculation = always ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = always ? ResponseChecksumValidation.WHEN_SUPPORTED : ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (isCompatible)
        {
            config.ServiceURL = server;
            config.AuthenticationRegion = string.IsNullOrEmpty(Options.Region) ? SignedRegionByDefault : Options.Region;
        }
        else if (!string.IsNullOrEmpty(Options.Region))
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(Options.Region);
        }

        return config;
    }

    private sealed record Parts(
        S3Client Client, S3Client Signer, TransferUtility Transfers, AWSCredentials? Credentials, S3HttpClients Http);
}
