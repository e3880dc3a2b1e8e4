using AiDub.Domain.Dubbing;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage.S3;

/// <summary>The addresses at which browsers open objects of the bucket: presigned, or below a public base.</summary>
public sealed class S3Addresses(S3Connection connection, IOptions<ObjectOptions> objects, TimeProvider clock)
{
    private const string Probe = "probe";

    // S3 signs for 7 days at most; the SDK counts from the server's clock, which may be up to 15 minutes behind ours.
    private const int MostSeconds = 604_800 - 900;

    // What stands before the key in every presigned address of the bucket. Credentials that cannot be had now may be had later.
    private readonly Lazy<string> _base = new(
        () =>
        {
            var address = connection.Signer.GetPreSignedURL(Request(connection, Probe, clock.GetUtcNow().AddMinutes(1)));
            return address[..address.IndexOf(Probe + "?", StringComparison.Ordinal)];
        },
        LazyThreadSafetyMode.PublicationOnly);

    /// <summary>An address of an object, made now.</summary>
    public async Task<Uri> OfAsync(string key)
    {
        var address = PublicBase is { } root
            ? root + string.Join('/', key.Split('/').Select(Uri.EscapeDataString))
            : await connection.Signer.GetPreSignedURLAsync(
                Request(connection, key, clock.GetUtcNow().AddSeconds(Math.Min(MostSeconds, objects.Value.AddressLifetimeSeconds))));
        // As it was signed: another way of writing the same path is another signature.
        return new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    /// <summary>
    /// The key of an address that was made here and still opens, or null. A presigned one counts when its signature is ours; a public one,
    /// which anybody could have written, only for uploads.
    /// </summary>
    public string? KeyOf(string address)
    {
        if (PublicBase is { } root && address.StartsWith(root, StringComparison.Ordinal) && address.AsSpan().IndexOfAny('?', '#') < 0)
            return Uri.UnescapeDataString(address[root.Length..]) is var open
                && open.StartsWith(ObjectKeys.Uploads, StringComparison.Ordinal)
                ? open
                : null;
        if (!address.Contains("X-Amz-Signature=", StringComparison.Ordinal) || !address.StartsWith(_base.Value, StringComparison.Ordinal))
            return null;
        var credentials = connection.CurrentCredentials();
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        if (mark < _base.Value.Length)
            return null;
        // That of an upload may be submitted for as long as the upload is kept.
        var key = Uri.UnescapeDataString(address[_base.Value.Length..mark]);
        DateTimeOffset? now = key.StartsWith(ObjectKeys.Uploads, StringComparison.Ordinal) ? null : clock.GetUtcNow();
        return PresignedSignature.IsValid(address, credentials.AccessKey, credentials.SecretKey, now) ? key : null;
    }

    private string? PublicBase => connection.Options.PublicBaseUrl is { Length: > 0 } url ? url.TrimEnd('/') + "/" : null;

    private static GetPreSignedUrlRequest Request(S3Connection connection, string key, DateTimeOffset expires) => new()
    {
        BucketName = connection.Options.Bucket,
        Key = key,
        Verb = HttpVerb.GET,
        Protocol = connection.Protocol,
        Expires = expires.UtcDateTime,
    };
}
