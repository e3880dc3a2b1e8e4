using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Storage.S3;

/// <summary>
/// The SDK's client, made to leave no multipart upload behind that a cancellation could have removed, and to sign bodies as a whole over
/// plain HTTP.
/// </summary>
internal sealed class S3Client : AmazonS3Client
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ILogger _log;
    private readonly bool _isPlain;

    public S3Client(AmazonS3Config config, ILogger log)
        : base(config) => (_log, _isPlain) = (log, IsPlain(config));

    public S3Client(AWSCredentials credentials, AmazonS3Config config, ILogger log)
        : base(credentials, config) => (_log, _isPlain) = (log, IsPlain(config));

    /// <inheritdoc />
    public override Task<PutObjectResponse> PutObjectAsync(PutObjectRequest request, CancellationToken cancellationToken = default)
    {
        request.UseChunkEncoding &= !_isPlain;
        return base.PutObjectAsync(request, cancellationToken);
    }

    /// <inheritdoc />
    public override Task<UploadPartResponse> UploadPartAsync(UploadPartRequest request, CancellationToken cancellationToken = default)
    {
        request.UseChunkEncoding &= !_isPlain;
        return base.UploadPartAsync(request, cancellationToken);
    }

    /// <summary>
    /// Begins an upload in parts. Cancelled on the way, it still waits a while for the answer: without the upload's id, nobody could abort
    /// what the server may have begun.
    /// </summary>
    public override async Task<InitiateMultipartUploadResponse> InitiateMultipartUploadAsync(
        InitiateMultipartUploadRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var late = new CancellationTokenSource();
        await using var graced = cancellationToken.Register(() => late.CancelAfter(Grace));
        return await base.InitiateMultipartUploadAsync(request, late.Token);
    }

    /// <summary>Removes an upload and its parts. The SDK swallows it when this fails, so it is logged here.</summary>
    public override async Task<AbortMultipartUploadResponse> AbortMultipartUploadAsync(
        AbortMultipartUploadRequest request, CancellationToken cancellationToken = default)
    {
        try
        {
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            late.CancelAfter(Grace);
            return await base.AbortMultipartUploadAsync(request, late.Token);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchUpload")
        {
            throw; // It was completed or is gone: nothing is left.
        }
        catch (Exception e)
        {
            _log.LogWarning(
                e, "The parts of an upload of '{Key}' could not be removed; the bucket's rule for incomplete uploads has to.", request.Key);
            throw;
        }
    }

    // Over plain HTTP the SDK signs a body in chunks, which compatible servers refuse (OpenStack Swift: 501) or store as content (s3rver).
    private static bool IsPlain(AmazonS3Config config) =>
        config.ServiceURL?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true;
}
