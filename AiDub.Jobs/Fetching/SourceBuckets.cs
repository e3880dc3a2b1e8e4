using AiDub.Jobs.Storage.S3;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Fetching;

/// <summary>Sources that are fetched from buckets need the S3 account, also where objects are kept elsewhere.</summary>
internal sealed class SourceBuckets(IOptions<SourceOptions> source) : IS3Use
{
    /// <inheritdoc />
    public bool IsNeeded => source.Value.AllowedBuckets.Count > 0;

    /// <inheritdoc />
    public string? Doubt(S3Options options) => source.Value.AllowedBuckets.Contains(options.Bucket, StringComparer.Ordinal)
        ? "Source:AllowedBuckets names Objects:S3:Bucket: who knows a key can have anybody's objects dubbed."
        : null;
}
