using AiDub.Domain.Errors;
using Amazon.Runtime;
using Amazon.S3.Model;

namespace AiDub.Jobs.Storage.S3;

/// <summary>Writes the body of an object into a file as it arrives.</summary>
internal static class S3Body
{
    private const int BufferBytes = 128 << 10;

    /// <summary>Writes the whole body.</summary>
    /// <param name="response">The object, or the rest of it, as it is being sent.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="at">How many bytes of the file stay before it.</param>
    /// <param name="idle">How long the server may send nothing.</param>
    /// <param name="progress">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the transfer.</param>
    /// <exception cref="TransientDubException">The server broke off, stood still, or what arrived does not have its checksum.</exception>
    public static async Task WriteAsync(
        GetObjectResponse response, string path, long at, TimeSpan idle, IProgress<double>? progress, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        file.SetLength(at);
        file.Seek(at, SeekOrigin.Begin);
        var buffer = new byte[BufferBytes];
        long written = 0;
        while (await ReadAsync(response.ResponseStream, buffer, idle, ct) is var read and > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
            written += read;
            if (response.ContentLength > 0)
                progress?.Report(Math.Min(1, (double)(at + written) / (at + response.ContentLength)));
        }

        if (written != response.ContentLength)
            throw BrokenOff(null);
    }

    // Only what fails here is the server's fault; a full disk is not.
    private static async Task<int> ReadAsync(Stream body, byte[] buffer, TimeSpan idle, CancellationToken ct)
    {
        using var still = CancellationTokenSource.CreateLinkedTokenSource(ct);
        still.CancelAfter(idle);
        try
        {
            return await body.ReadAsync(buffer, still.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested
            && e is IOException or HttpRequestException or AmazonClientException or AmazonServiceException or OperationCanceledException)
        {
            throw BrokenOff(e);
        }
    }

    private static TransientDubException BrokenOff(Exception? cause) =>
        new("An object did not arrive whole from where it is stored.", cause)
        {
            Outage = cause is null ? null : S3Faults.OutageOf(cause),
        };
}
