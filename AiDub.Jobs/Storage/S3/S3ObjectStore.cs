using AiDub.Domain.Ports;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;

namespace AiDub.Jobs.Storage.S3;

/// <summary>Objects in a bucket; a put is atomic there, so an object is there whole or not at all.</summary>
public sealed class S3ObjectStore(S3Connection connection, S3Urls addresses, S3Faults faults) : IObjectStore
{
    // The most parts that S3 puts together.
    private const int MaxParts = 10_000;

    // The most keys of one request.
    private const int MaxKeys = 1_000;

    private readonly S3PutCheck _puts = new(connection.Options.Bucket, faults);
    private volatile bool _deletesOneByOne;

    private string Bucket => connection.Options.Bucket;

    /// <inheritdoc />
    public async Task PutAsync(string key, string path, string contentType, CancellationToken ct)
    {
        await SendAsync(key, path, contentType, ct);
        File.Delete(path);
    }

    /// <inheritdoc />
    public async Task<string> PutAndOpenAsync(string key, string path, string contentType, string directory, CancellationToken ct)
    {
        await SendAsync(key, path, contentType, ct);
        return path;
    }

    private async Task SendAsync(string key, string path, string contentType, CancellationToken ct)
    {
        var length = new FileInfo(path).Length;
        var parts = (length + MaxParts - 1) / MaxParts;
        var request = new TransferUtilityUploadRequest
        {
            BucketName = Bucket,
            Key = key,
            FilePath = path,
            ContentType = contentType,
            PartSize = Math.Max(connection.Options.PartSizeBytes, parts),
        };
        request.Headers.ContentDisposition = S3Disposition.Of(key);
        if (connection.SendsUnsignedBodies)
            request.DisablePayloadSigning = true;
        var sent = await AskAsync(_ => connection.Transfers.UploadWithResponseAsync(request, ct), ct);
        await AskAsync(client => _puts.MakeSureAsync(client, key, length, sent.ETag, ct), ct);
    }

    /// <inheritdoc />
    public Task<long?> SizeAsync(string key, CancellationToken ct) => AskAsync(async client =>
    {
        try
        {
            var head = await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = Bucket, Key = key }, ct);
            return (long?)head.ContentLength;
        }
        catch (AmazonServiceException e) when (S3Faults.IsNotFound(e))
        {
            await MakeSureOfBucketAsync(client, ct);
            return null;
        }
    }, ct);

    /// <inheritdoc />
    public Task<string> MaterializeAsync(string key, string directory, CancellationToken ct) => AskAsync(async client =>
    {
        var path = Path.Combine(directory, Guid.NewGuid().ToString("N") + Path.GetExtension(key));
        var draft = path + ".part";
        try
        {
            using var response = await client.GetObjectAsync(new GetObjectRequest { BucketName = Bucket, Key = key }, ct);
            await S3Body.WriteAsync(response, draft, 0, TimeSpan.FromSeconds(connection.Options.IdleTimeoutSeconds), null, ct);
            File.Move(draft, path);
            return path;
        }
        catch (AmazonServiceException e) when (S3Faults.IsNotFound(e))
        {
            throw new FileNotFoundException($"There is no object '{key}'.", e);
        }
        finally
        {
            File.Delete(draft);
        }
    }, ct);

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken ct) =>
        [.. (await FindAsync(prefix, ct)).Select(found => found.Key).Order(StringComparer.Ordinal)];

    /// <inheritdoc />
    public async Task<long> MeasureAsync(string prefix, CancellationToken ct) =>
        (await FindAsync(prefix, ct)).Sum(found => found.Size ?? 0);

    private Task<List<S3Object>> FindAsync(string prefix, CancellationToken ct) => AskAsync(async client =>
    {
        var objects = new List<S3Object>();
        var request = new ListObjectsV2Request { BucketName = Bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await client.ListObjectsV2Async(request, ct);
            objects.AddRange(page.S3Objects ?? []);
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        return objects;
    }, ct);

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken ct) => AskAsync(async client =>
    {
        try
        {
            return await client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = Bucket, Key = key }, ct);
        }
        catch (AmazonServiceException e) when (S3Faults.IsNotFound(e))
        {
            return null; // Some servers say so; it is what was wanted.
        }
    }, ct);

    /// <inheritdoc />
    public async Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken ct)
    {
        foreach (var some in keys.Chunk(MaxKeys))
        {
            // What could not be removed together is asked for alone, which says why.
            foreach (var key in some.Length == 1 || _deletesOneByOne ? some : await DeleteTogetherAsync(some, ct))
                await DeleteAsync(key, ct);
        }
    }

    private Task<IReadOnlyList<string>> DeleteTogetherAsync(string[] keys, CancellationToken ct) =>
        AskAsync<IReadOnlyList<string>>(async client =>
    {
        try
        {
            await client.DeleteObjectsAsync(
                new DeleteObjectsRequest
                {
                    BucketName = Bucket,
                    Objects = [.. keys.Select(key => new KeyVersion { Key = key })],
                    Quiet = true,
                }, ct);
            return [];
        }
        catch (DeleteObjectsException e)
        {
            return [.. e.Response.DeleteErrors.Select(error => error.Key)];
        }
        catch (AmazonServiceException e) when (S3Faults.IsUnknown(e))
        {
            _deletesOneByOne = true;
            return keys;
        }
    }, ct);

    /// <inheritdoc />
    public Task<Uri> AddressAsync(string key, Uri publicBase, CancellationToken ct) => AskAsync(_ => addresses.OfAsync(key), ct);

    /// <inheritdoc />
    public Task<Uri> AddressAsync(string key, Uri publicBase, ServedName name, CancellationToken ct) =>
        AskAsync(_ => addresses.OfAsync(key, name), ct);

    /// <inheritdoc />
    public string? KeyOf(string address) => addresses.KeyOf(address);

    /// <summary>Puts a small object, always the same one: returns when the bucket takes objects.</summary>
    public async Task ProbeAsync(CancellationToken ct)
    {
        var put = new PutObjectRequest
        {
            BucketName = Bucket,
            Key = "health/probe",
            ContentBody = "written to see whether it can be",
            DisablePayloadSigning = connection.SendsUnsignedBodies ? true : null,
        };
        var sent = await AskAsync(client => client.PutObjectAsync(put, ct), ct);
        await AskAsync(client => _puts.MakeSureAsync(client, put.Key, put.ContentBody.Length, sent.ETag, ct), ct);
    }

    /// <summary>Returns when the bucket is there and answers us.</summary>
    /// <exception cref="Domain.Errors.TransientDubException">It does not; the log says more when an operator can put it right.</exception>
    public Task CheckAsync(CancellationToken ct) => AskAsync(async client =>
    {
        await MakeSureOfBucketAsync(client, ct);
        return true;
    }, ct);

    // The answer to a HEAD does not tell a missing object from a bucket that is missing, or was there a moment ago.
    private Task MakeSureOfBucketAsync(IAmazonS3 client, CancellationToken ct) =>
        client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, MaxKeys = 1 }, ct);

    private async Task<T> AskAsync<T>(Func<IAmazonS3, Task<T>> ask, CancellationToken ct)
    {
        try
        {
            return await ask(connection.Client);
        }
        catch (Exception e) when (S3Faults.IsFault(e, ct))
        {
            throw faults.OfStore(e);
        }
        catch (Exception e) when (ct.IsCancellationRequested && e is not OperationCanceledException)
        {
            throw new OperationCanceledException("Ended while the object store was asked.", e, ct);
        }
    }
}
