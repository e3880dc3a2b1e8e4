using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AiDub.Jobs.Storage.S3;

/// <summary>
/// Checks the signature of a presigned GET address, as AWS Signature Version 4 makes it for query strings
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html).
/// </summary>
internal static class PresignedSignature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string SignatureName = "X-Amz-Signature";

    /// <summary>Whether an address was signed with a key and has not expired.</summary>
    /// <param name="address">The address as it was made: scheme, host, path and query.</param>
    /// <param name="accessKey">The key's id.</param>
    /// <param name="secretKey">The key's secret.</param>
    /// <param name="now">The time; an address opens until it was made plus its life, end included. Null: at any time.</param>
    public static bool IsValid(string address, string accessKey, string secretKey, DateTimeOffset? now)
    {
        if (!TrySplit(address, out var host, out var path, out var query))
            return false;
        var fields = query.Split('&').Select(field => field.Split('=', 2)).Where(field => field.Length == 2).ToLookup(f => f[0], f => f[1]);
        string Field(string name) => fields[name].Count() == 1 ? Uri.UnescapeDataString(fields[name].Single()) : "";
        var scope = Field("X-Amz-Credential").Split('/');
        if (Field("X-Amz-Algorithm") != Algorithm || Field("X-Amz-SignedHeaders") != "host" || scope.Length != 5 || scope[0] != accessKey)
            return false;
        if (now is { } time && !IsAlive(Field("X-Amz-Date"), Field("X-Amz-Expires"), time))
            return false;

        var canonicalQuery = string.Join('&', query.Split('&')
            .Where(field => !field.StartsWith(SignatureName + "=", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var request = $"GET\n{path}\n{canonicalQuery}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD";
        var toSign =
            $"{Algorithm}\n{Field("X-Amz-Date")}\n{string.Join('/', scope[1..])}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(request)))}";
        var key = scope[1..].Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretKey), Sign);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Hex(Sign(key, toSign))), Encoding.UTF8.GetBytes(Field(SignatureName)));
    }

    private static bool TrySplit(string address, out string host, out string path, out string query)
    {
        (host, path, query) = ("", "", "");
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var root = scheme < 0 ? -1 : address.IndexOf('/', scheme + 3);
        var mark = root < 0 ? -1 : address.IndexOf('?', root);
        if (mark < 0 || address.Contains('#'))
            return false;
        (host, path, query) = (address[(scheme + 3)..root], address[root..mark], address[(mark + 1)..]);
        return true;
    }

    private static bool IsAlive(string date, string life, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(
            date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made)
        && int.TryParse(life, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && now <= made.AddSeconds(seconds);

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
