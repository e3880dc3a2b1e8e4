using AiDub.Api.Errors;
using AiDub.Api.Http;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Auth;

/// <summary>Where nobody is asked for a token, answers only who names this machine, and no page of another site.</summary>
/// <remarks>
/// A site that points its own name at this machine (DNS rebinding) is told by <c>Host</c>; a form or a script of another page by
/// <c>Origin</c>; what a page loads without one, such as an image, by <c>Sec-Fetch-Site</c>. Pages of this machine, and those of
/// <see cref="CorsOptions"/>, may do it all.
/// </remarks>
internal sealed class OpenModeGate(RequestDelegate next, IOptions<JwtOptions> jwt, IOptions<CorsOptions> sites)
{
    private const string Contract = "/ai_dub";

    /// <summary>Lets a request on, or refuses it.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        if (jwt.Value.IsConfigured)
            return next(http);
        if (!Loopback.IsHost(http.Request.Host.Host))
            return http.Response.RefuseAsync(Refusal.Of(
                ErrorCodes.HostForbidden, "without Auth:Jwt only requests to localhost, 127.0.0.1 or [::1] are answered"));
        return IsOfAnotherSite(http.Request)
            ? http.Response.RefuseAsync(Refusal.Of(
                ErrorCodes.OriginForbidden, "without Auth:Jwt only pages of this machine and of Cors:Origins may ask"))
            : next(http);
    }

    private bool IsOfAnotherSite(HttpRequest request)
    {
        if (request.Headers.Origin.Count == 0)
            return request.Path.StartsWithSegments(Contract) && request.Headers["Sec-Fetch-Site"] == "cross-site";
        var origin = request.Headers.Origin.ToString();
        return !sites.Value.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase)
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Scheme is "http" or "https" && Loopback.IsHost(page.Host));
    }
}
