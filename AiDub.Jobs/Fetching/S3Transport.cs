using System.Net;
using AiDub.Domain.Errors;
using AiDub.Domain.Sources;
using AiDub.Jobs.Storage.S3;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Fetching;

/// <summary>Fetches sources from the buckets that are allowed, with the account of <see cref="S3Options"/>.</summary>
public sealed class S3Transport(S3Connection connection, IOptions<SourceOptions> options, TimeProvider clock) : ISourceTransport
{
    /// <inheritdoc/>
    public bool Takes(string address) => S3Url.Names(address);

    /// <inheritdoc/>
    public async Task<Transferred> TransferAsync(string address, FetchedFile file, CancellationToken ct)
    {
        // A bucket may have been taken off the list since the dub was accepted.
        if (!S3Url.TryParse(address, out var source) || !options.Value.AllowedBuckets.Contains(source!.Bucket, StringComparer.Ordinal))
            throw new PermanentDubException(FailureCode.SourceBucketForbidden);
        var (part, patience) = (new Part(0, null), new FetchPatience(clock));
        while (true)
        {
            try
            {
                return new Transferred(await FetchRestAsync(source, file, part, found => part = found, ct));
            }
            catch (AmazonS3Exception e) when (part.Written > 0
                && e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                part = new Part(0, null); // The object was replaced meanwhile.
                await patience.WaitForMoreAsync(0, Changed(e), ct);
            }
            catch (Exception e) when (e is TransientDubException || S3Faults.IsFault(e, ct))
            {
                part = part with { Written = LengthOf(file.Path) };
                if ((e as DubException ?? Of(e)) is not TransientDubException fault || part.Written == 0)
                    throw e as DubException ?? Of(e);
                await patience.WaitForMoreAsync(part.Written, fault, ct);
            }
        }
    }

    // What is there of the object, and the tag of the version it is of.
    private sealed record Part(long Written, string? Tag);

    private async Task<string?> FetchRestAsync(S3Url source, FetchedFile file, Part part, Action<Part> found, CancellationToken ct)
    {
        var request = new GetObjectRequest { BucketName = source.Bucket, Key = source.Key };
        if (part.Written > 0)
            (request.ByteRange, request.EtagToMatch) = (new ByteRange($"bytes={part.Written}-"), part.Tag);
        using var response = await connection.Client.GetObjectAsync(request, ct);
        var at = response.HttpStatusCode == HttpStatusCode.PartialContent ? part.Written : 0;
        found(new Part(at, response.ETag));
        if (at + response.ContentLength > file.Limit)
            throw SourceBody.TooLarge(file.Limit);
        file.Room.Require(file.Path, response.ContentLength);
        await S3Body.WriteAsync(response, file.Path, at, TimeSpan.FromSeconds(connection.Options.IdleTimeoutSeconds), file.Progress, ct);
        return response.Headers.ContentType?.ToLowerInvariant();
    }

    private static TransientDubException Changed(Exception cause) => new("The source was replaced while it was fetched.", cause);

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;

    private static DubException Of(Exception error) => error switch
    {
        AmazonServiceException { StatusCode: HttpStatusCode.NotFound } =>
            new PermanentDubException(FailureCode.SourceNotFound, inner: error),
        AmazonServiceException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } =>
            new PermanentDubException(FailureCode.SourceRefused, "The source's bucket does not let us read the video.", error),
        AmazonServiceException { StatusCode: >= HttpStatusCode.MovedPermanently and < HttpStatusCode.InternalServerError } service
            when !IsLater(service) =>
            new PermanentDubException(FailureCode.SourceRefused, "The source's bucket refused to send the video.", error),
        _ => new TransientDubException("The source's bucket did not answer as it should.", error),
    };

    private static bool IsLater(AmazonServiceException error) =>
        error.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || error.ErrorCode is "RequestTimeout" or "SlowDown" or "RequestTimeTooSkewed";
}
