using System.Globalization;
using System.Security.Claims;
using System.Text.Json;

namespace AiDub.Api.Auth;

/// <summary>Finds the user in a token's claims.</summary>
internal static class UserClaim
{
    /// <summary>
    /// The claim that holds the user's id: a whole number or a text of its digits, by itself or in a JSON object in <c>sub</c>.
    /// </summary>
    public const string Name = "frontend_userid";

    /// <summary>The user, or null when the claims name none or several.</summary>
    public static long? Of(ClaimsPrincipal claims)
    {
        var own = claims.FindAll(Name).Select(claim => claim.Value).ToList();
        if (own.Count > 0)
            return own is [var only] ? Whole(only) : null;
        return claims.FindFirst("sub") is { Value: ['{', ..] subject } ? InObject(subject) : null;
    }

    private static long? InObject(string subject)
    {
        try
        {
            using var json = JsonDocument.Parse(subject);
            return json.RootElement.TryGetProperty(Name, out var id) && id.ValueKind is JsonValueKind.Number or JsonValueKind.String
                ? Whole(id.ToString())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) ? id : null;
}
