using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace AiDub.Jobs.Storage.S3;

/// <summary>Makes sure that what took an object has it: whatever is no object store may answer a put with 200.</summary>
/// <remarks>
/// An object store names the tag of what it stored, which costs nothing to look at; of what addresses are given out of, the object is
/// looked at too. One that names a tag is given the time to show the object, and the doubt where it does not tell how large it is.
/// </remarks>
internal sealed class S3PutCheck(string bucket, S3Faults faults)
{
    private static readonly int[] WaitMilliseconds = [100, 200, 400, 800];

    /// <summary>Returns true when an object was stored.</summary>
    /// <param name="client">Asks for it.</param>
    /// <param name="key">Its key.</param>
    /// <param name="length">Its size in bytes.</param>
    /// <param name="tag">The tag that the answer to the put named.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="TransientDubException">It was not; the log says what to check.</exception>
    public async Task<bool> MakeSureAsync(IAmazonS3 client, string key, long length, string? tag, CancellationToken ct)
    {
        var isTagged = !string.IsNullOrEmpty(tag);
        if (isTagged && key.StartsWith(ObjectKeys.AllWork, StringComparison.Ordinal))
            return true;
        var request = new GetObjectMetadataRequest { BucketName = bucket, Key = key };
        foreach (var wait in isTagged ? WaitMilliseconds : [])
        {
            if (await IsThereAsync(client, request, length, isTagged, ct))
                return true;
            await Task.Delay(wait, ct);
        }
        return await IsThereAsync(client, request, length, isTagged, ct) ? true : throw faults.OfLost();
    }

    private static async Task<bool> IsThereAsync(
        IAmazonS3 client, GetObjectMetadataRequest request, long length, bool isTagged, CancellationToken ct)
    {
        try
        {
            var head = await client.GetObjectMetadataAsync(request, ct);
            return head.ContentLength == length || (isTagged && !head.Headers.Keys.Contains("Content-Length"));
        }
        catch (AmazonServiceException e) when (S3Faults.IsNotFound(e))
        {
            return false;
        }
        catch (AmazonServiceException e) when (isTagged && S3Faults.IsSilent(e))
        {
            return true;
        }
    }
}
