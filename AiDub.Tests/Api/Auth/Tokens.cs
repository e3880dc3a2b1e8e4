using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace AiDub.Tests.Api.Auth;

/// <summary>Tokens made by hand, good and bad.</summary>
internal static class Tokens
{
    public const string Key = "a key of the tests that is long enough for HS256";

    private const long FarAhead = 4_000_000_000;

    /// <summary>A good token of a user.</summary>
    public static string Of(long user, string more = "") => Signed($"{{\"frontend_userid\":{user},\"exp\":{FarAhead}{more}}}");

    /// <summary>A token of these claims; <c>EXP</c> stands for a good time of expiry.</summary>
    public static string Signed(string claims, string key = Key, string header = """{"alg":"HS256","typ":"JWT"}""")
    {
        var text = $"{Encode(header)}.{Encode(claims.Replace("EXP", $"\"exp\":{FarAhead}", StringComparison.Ordinal))}";
        return $"{text}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>A token that an RSA key signed.</summary>
    public static string SignedBy(RSA key, string keyId, string claims)
    {
        var header = $$"""{"alg":"RS256","typ":"JWT","kid":"{{keyId}}"}""";
        var text = $"{Encode(header)}.{Encode(claims.Replace("EXP", $"\"exp\":{FarAhead}", StringComparison.Ordinal))}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64UrlEncoder.Encode(signature)}";
    }

    /// <summary>The header that carries a token.</summary>
    public static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    public static string Encode(string json) => Base64UrlEncoder.Encode(json);
}
