using System.Net;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Storage.S3;
using Amazon.Runtime;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Fetching;

/// <summary>Fetches sources from the buckets that are allowed, with the account of <see cref="S3Options"/>.</summary>
public sealed class S3Transport(S3Connection connection, IOptions<SourceOptions> options) : ISourceTransport
{
    /// <inheritdoc/>
    public bool Takes(string address) => S3Address.Names(address);

    /// <inheritdoc/>
    public Task TransferAsync(string address, string path, long limit, IProgress<double> progress, CancellationToken ct)
    {
        // A bucket may have been taken off the list since the dub was accepted.
        if (!S3Address.TryParse(address, out var source) || !options.Value.AllowedBuckets.Contains(source!.Bucket, StringComparer.Ordinal))
            throw new PermanentDubException("source_bucket_forbidden", "The source's address is not one that videos may be fetched from.");
        return FetchObjectAsync(source, path, limit, progress, ct);
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
