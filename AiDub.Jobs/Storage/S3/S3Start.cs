using AiDub.Domain.Errors;
using AiDub.Jobs.Fetching;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage.S3;

/// <summary>Says at the start where objects are kept, what is doubtful about it, and whether it answers. It does not hold the start up.</summary>
public sealed class S3Start(
    S3ObjectStore store, S3Connection connection, IOptions<ObjectOptions> objects, IOptions<SourceOptions> source, ILogger<S3Start> log)
    : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isObjectStore = objects.Value.Provider == ObjectProvider.S3;
        if (isObjectStore || source.Value.AllowedBuckets.Count > 0)
            WarnOfPlainHttp();
        if (!isObjectStore)
            return;
        var options = connection.Options;
        log.LogInformation("Objects are kept in the bucket {Bucket} of {Server}.", options.Bucket, options.ServiceUrl ?? options.Region ?? "AWS");
        if (source.Value.AllowedBuckets.Contains(options.Bucket, StringComparer.Ordinal))
            log.LogWarning("Source:AllowedBuckets names Objects:S3:Bucket: who knows a key can have anybody's objects dubbed.");
        try
        {
            await store.CheckAsync(stoppingToken);
        }
        catch (TransientDubException e)
        {
            log.LogWarning(e, "The object store does not answer as it should; dubs will wait for it.");
        }
    }

    private void WarnOfPlainHttp()
    {
        if (Uri.TryCreate(connection.Options.ServiceUrl, UriKind.Absolute, out var url) && url.Scheme == "http" && !url.IsLoopback)
            log.LogWarning("Objects:S3:ServiceUrl is plain http: videos cross the network unencrypted.");
    }
}
