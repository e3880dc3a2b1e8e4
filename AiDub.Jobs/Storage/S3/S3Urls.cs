using System.Globalization;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage.S3;

/// <summary>The addresses at which browsers open objects of the bucket: presigned, or below a public base.</summary>
public sealed class S3Urls(S3Connection connection, IOptions<ObjectOptions> objects, TimeProvider clock)
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

    /// <summary>
    /// An address of an object, made now. Presigned, it tells the browser what to call the object, and to keep it for itself and no longer
    /// than the address opens; below a public base, the object's own headers tell.
    /// </summary>
    /// <param name="key">The object.</param>
    /// <param name="name">What the browser is to call it; null: what it was stored as.</param>
    public async Task<Uri> OfAsync(string key, ServedName? name = null)
    {
        var address = PublicBase is { } root
            ? root + string.Join('/', key.Split('/').Select(Uri.EscapeDataString))
            : await connection.Signer.GetPreSignedURLAsync(
                Served(key, name, clock.GetUtcNow().AddSeconds(Math.Min(MostSeconds, objects.Value.AddressLifetimeSeconds))));
        // As it was signed: another way of writing the same path is another signature.
        return new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    /// <summary>
    /// The key of an upload whose address was made here; null for every other address. The random id in the key says that the address was
    /// handed out, so it can be submitted for as long as the upload is kept: after its signature has expired, and after the credentials
    /// that signed it were replaced.
    /// </summary>
    public string? KeyOf(string address)
    {
        if (address.Contains('#'))
            return null;
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        var root = mark < 0 ? PublicBase : address.Contains("X-Amz-Signature=", StringComparison.Ordinal) ? _base.Value : null;
        if (root is null || !address.StartsWith(root, StringComparison.Ordinal))
            return null;
        var key = Uri.UnescapeDataString(mark < 0 ? address[root.Length..] : address[root.Length..Math.Max(root.Length, mark)]);
        return ObjectKeys.IsUpload(key) ? key : null;
    }

    private string? PublicBase => connection.Options.PublicBaseUrl is { Length: > 0 } url ? url.TrimEnd('/') + "/" : null;

    private GetPreSignedUrlRequest Served(string key, ServedName? name, DateTimeOffset expires)
    {
        var request = Request(connection, key, expires);
        request.ResponseHeaderOverrides.CacheControl = "private";
        request.ResponseHeaderOverrides.Expires = expires.ToString("R", CultureInfo.InvariantCulture);
        if (name is not null)
            request.ResponseHeaderOverrides.ContentDisposition = Disposition.Of(name);
        return request;
    }

    private static GetPreSignedUrlRequest Request(S3Connection connection, string key, DateTimeOffset expires) => new()
    {
        BucketName = connection.Options.Bucket,
        Key = key,
        Verb = HttpVerb.GET,
        Protocol = connection.Protocol,
        Expires = expires.UtcDateTime,
    };
}
