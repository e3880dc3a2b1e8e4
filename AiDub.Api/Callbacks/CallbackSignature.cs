using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AiDub.Api.Callbacks;

/// <summary>Signs callbacks, so that receivers can tell them from anybody else's and old ones from new ones.</summary>
internal static class CallbackSignature
{
    /// <summary>The header that holds it.</summary>
    public const string Header = "AiDub-Signature";

    /// <summary>The shortest key, in bytes: as long as the hash.</summary>
    public const int MinKeyBytes = 32;

    /// <summary>The key that the settings name.</summary>
    /// <exception cref="IOException">Its file cannot be read.</exception>
    public static byte[] KeyOf(CallbackOptions options) => Encoding.UTF8.GetBytes(
        string.IsNullOrEmpty(options.SigningKeyFile) ? options.SigningKey ?? "" : File.ReadAllText(options.SigningKeyFile).Trim());

    /// <summary><c>t=</c> seconds since 1970, <c>v1=</c> the HMAC-SHA256 of <c>t.body</c> in lower-case hexadecimal digits.</summary>
    public static string Of(byte[] key, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.ASCII.GetBytes(seconds + "."));
        hmac.AppendData(body);
        return $"t={seconds},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
