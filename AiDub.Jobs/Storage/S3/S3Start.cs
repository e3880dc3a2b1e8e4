using AiDub.Domain.Errors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage.S3;

/// <summary>
/// Says at the start where objects are kept, what is doubtful about it, and whether it answers. It does not hold the start up.
/// </summary>
public sealed class S3Start(
    S3ObjectStore store, S3Connection connection, IOptions<ObjectOptions> objects, IEnumerable<IS3Use> uses, ILogger<S3Start> log)
    : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isObjectStore = objects.Value.Provider == ObjectProvider.S3;
        if (isObjectStore || uses.Any(use => use.IsNeeded))
            WarnOfPlainHttp();
        if (!isObjectStore)
            return;
        var options = connection.Options;
        log.LogInformation(
            "Objects are kept in the bucket {Bucket} of {Server}.", options.Bucket, options.ServiceUrl ?? options.Region ?? "AWS");
        foreach (var doubt in uses.Select(use => use.Doubt(options)).OfType<string>())
            log.LogWarning("{Doubt}", doubt);
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
