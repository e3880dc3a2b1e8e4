using System.Net;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage.S3;
using Amazon.Runtime;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Fetching;

/// <summary>Fetches sources from the buckets that are allowed, with the account of <see cref="S3Options"/>.</summary>
public sealed class S3SourceFetcher(S3Connection connection, IOptions<SourceOptions> options, TimeProvider clock) : ISourceFetcher
{
    /// <inheritdoc />
    public Task FetchAsync(string address, string path, IProgress<double> progress, CancellationToken ct) =>
        FetchAsync(address, path, long.MaxValue, progress, ct);

    /// <inheritdoc/>
    public async Task FetchAsync(string address, string path, long maxBytes, IProgress<double> progress, CancellationToken ct)
    {
        var limit = Math.Min(maxBytes, options.Value.MaxBytes);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.DownloadTimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var isWhole = false;
        try
        {
            // A bucket may have been taken off the list since the dub was accepted.
            if (!S3Address.TryParse(address, out var source) || !options.Value.AllowedBuckets.Contains(source!.Bucket, StringComparer.Ordinal))
                throw new PermanentDubException("source_forbidden", "The source's address is not one that videos may be fetched from.");
            await FetchObjectAsync(source, path, limit, progress, either.Token);
            isWhole = true;
        }
        catch (Exception e) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new PermanentDubException("source_timeout", "The source took too long to arrive.", e);
        }
        finally
        {
            if (!isWhole)
                File.Delete(path);
        }
    }

    private async Task FetchObjectAsync(S3Address source, string path, long limit, IProgress<double> progress, CancellationToken ct)
    {
        try
        {
            using var response = await connection.Client.GetObjectAsync(new GetObjectRequest { BucketName = source.Bucket, Key = source.Key }, ct);
            if (response.ContentLength > limit)
                throw SourceBody.TooLarge(limit);
            await S3Body.WriteAsync(response, path, TimeSpan.FromSeconds(connection.Options.IdleTimeoutSeconds), progress, ct);
        }
        catch (Exception e) when (S3Faults.Are(e, ct))
        {
            throw Of(e);
        }
    }

    private static DubException Of(Exception error) => error switch
    {
        AmazonServiceException { StatusCode: HttpStatusCode.NotFound } =>
            new PermanentDubException("source_not_found", "There is no video at the source's address.", error),
        AmazonServiceException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } =>
            new PermanentDubException("source_refused", "The source's bucket does not let us read the video.", error),
        AmazonServiceException { StatusCode: >= HttpStatusCode.MovedPermanently and < HttpStatusCode.InternalServerError } service when !IsLater(service) =>
            new PermanentDubException("source_refused", "The source's bucket refused to send the video.", error),
        _ => new TransientDubException("The source's bucket did not answer as it should.", error),
    };

    private static bool IsLater(AmazonServiceException error) =>
        error.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || error.ErrorCode is "RequestTimeout" or "SlowDown" or "RequestTimeTooSkewed";
}
