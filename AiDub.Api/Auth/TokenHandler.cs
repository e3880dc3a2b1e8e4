using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AiDub.Api.Auth;

/// <summary>
/// Validates tokens, those too whose <c>sub</c> is a JSON object, as flask-jwt-extended writes it; the library reads only a text or a
/// number.
/// </summary>
internal sealed class TokenHandler(SigningKeys keys) : JsonWebTokenHandler
{
    // A token is one header line; more would only be work.
    private const int LongestToken = 16 * 1024;

    /// <inheritdoc/>
    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters) =>
        HasCriticalHeader(token)
            ? Task.FromResult(
                new TokenValidationResult
                {
                    IsValid = false,
                    Exception = new SecurityTokenException("The token needs what is not understood here."),
                })
            : base.ValidateTokenAsync(WithTextSubject(token) ?? token, validationParameters);

    // Nothing that a header can declare critical is understood here, and such a token must then be refused (RFC 7515, section 4.1.11).
    private static bool HasCriticalHeader(string token)
    {
        try
        {
            return token is { Length: <= LongestToken }
                && JsonNode.Parse(Base64UrlEncoder.DecodeBytes(token.Split('.')[0])) is JsonObject header && header.ContainsKey("crit");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            return false; // It is refused as what it is.
        }
    }

    // The signature of the token as it came is checked first; then the same key signs the same claims with the object as a text.
    private string? WithTextSubject(string token)
    {
        if (token is not { Length: <= LongestToken } || token.Split('.') is not [var header, var payload, var signature])
            return null;
        try
        {
            if (JsonNode.Parse(Base64UrlEncoder.DecodeBytes(payload)) is not JsonObject claims
                || claims["sub"] is not JsonObject subject
                || JsonNode.Parse(Base64UrlEncoder.DecodeBytes(header))?["alg"]?.GetValue<string>() != SecurityAlgorithms.HmacSha256)
                return null;
            var sent = Base64UrlEncoder.DecodeBytes(signature);
            if (keys.Current.FirstOrDefault(
                key => CryptographicOperations.FixedTimeEquals(Sign(key, $"{header}.{payload}"), sent)) is not { } signer)
                return null;
            claims["sub"] = subject.ToJsonString();
            var readable = $"{header}.{Base64UrlEncoder.Encode(claims.ToJsonString())}";
            return $"{readable}.{Base64UrlEncoder.Encode(Sign(signer, readable))}";
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            return null; // Whatever it is, the library refuses it.
        }
    }

    private static byte[] Sign(SymmetricSecurityKey key, string text) => HMACSHA256.HashData(key.Key, Encoding.ASCII.GetBytes(text));
}
