using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace AiDub.Api.Dashboards;

/// <summary>The token that a browser brings to the dashboard: a page cannot send headers with a link.</summary>
internal static class DashboardToken
{
    /// <summary>
    /// The cookie's name. A front end on the same host sets it: <c>Secure</c>, <c>HttpOnly</c>, <c>SameSite=Strict</c>,
    /// <c>Path=/hangfire</c>.
    /// </summary>
    public const string Cookie = "aidub_token";

    /// <summary>Has the token of the cookie read where no header carries one.</summary>
    public static void Accept(JwtBearerOptions bearer)
    {
        var read = bearer.Events.OnMessageReceived;
        bearer.Events.OnMessageReceived = message =>
        {
            message.Token = Of(message.Request);
            return read(message);
        };
    }

    /// <summary>The cookie's token on a request for the dashboard that has no Authorization header; null on every other.</summary>
    private static string? Of(HttpRequest request) =>
        request.Path.StartsWithSegments(DashboardEndpoints.Path) && request.Headers.Authorization.Count == 0
            ? request.Cookies[Cookie]
            : null;
}
