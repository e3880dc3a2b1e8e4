using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AiDub.Api.Callbacks;

/// <summary>
/// Signs callbacks, so that receivers can tell them from anybody else's and old ones from new ones: in our own header, and as Standard
/// Webhooks (https://www.standardwebhooks.com) does, for which receivers have libraries.
/// </summary>
internal static class CallbackSignature
{
    /// <summary>Our own header.</summary>
    public const string Header = "AiDub-Signature";

    /// <summary>The header that is the same for every repetition of an event.</summary>
    public const string EventIdHeader = "AiDub-Event-Id";

    /// <summary>The headers of a callback, as the OpenAPI document describes them.</summary>
    public static IReadOnlyList<(string Name, string Description)> Headers { get; } =
    [
        ("webhook-id", "The event's id, the same for every repetition."),
        ("webhook-timestamp", "When it was posted, in seconds since 1970."),
        ("webhook-signature", "`v1,` and the HMAC-SHA256 of `id.timestamp.body` in Base64, for each secret one, with spaces between."),
        (Header, "`t=SECONDS,v1=HEX`: the HMAC-SHA256 of `t.body` by the first key, in hexadecimal digits."),
        (EventIdHeader, "The event's id, as in `webhook-id`."),
    ];

    /// <summary>All headers of a callback.</summary>
    /// <param name="keys">The keys, of which there is at least one.</param>
    /// <param name="eventId">The event's id, without a full stop.</param>
    /// <param name="body">The body as it is sent.</param>
    /// <param name="now">When it is sent.</param>
    public static IEnumerable<(string Name, string Value)> Sign(
        IReadOnlyList<byte[]> keys, string eventId, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signatures = keys.Select(key => $"v1,{Convert.ToBase64String(Hash(key, $"{eventId}.{seconds}.", body.Span))}");
        yield return ("webhook-id", eventId);
        yield return ("webhook-timestamp", seconds);
        yield return ("webhook-signature", string.Join(' ', signatures));
        yield return (Header, $"t={seconds},v1={Convert.ToHexStringLower(Hash(keys[0], $"{seconds}.", body.Span))}");
        yield return (EventIdHeader, eventId);
    }

    private static byte[] Hash(byte[] key, string before, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.ASCII.GetBytes(before));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
