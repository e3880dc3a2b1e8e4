using AiDub.Api.Http;

namespace AiDub.Api.Dashboards;

/// <summary>Lets in only a browser on this very machine that was pointed here on purpose.</summary>
/// <remarks>
/// The connection must come from loopback, must not have been forwarded by a proxy, must name a local host (against DNS rebinding), and
/// must not be made by another site's page. A proxy on this machine that adds no forwarding header cannot be told from a browser.
/// </remarks>
internal static class LocalRequestsOnly
{
    private static readonly string[] ForwardingHeaders = ["Forwarded", "Via", "X-Real-IP", "X-Client-IP", "CF-Connecting-IP"];
    private static readonly string[] ForwardingPrefixes = ["X-Forwarded-", "X-Original-"];

    /// <summary>Whether a request is local by all four signs.</summary>
    public static bool Allows(HttpContext http) =>
        Loopback.IsAddress(http.Connection.RemoteIpAddress)
        && !http.Request.Headers.Keys.Any(IsForwarding)
        && Loopback.IsHost(http.Request.Host.Host)
        && ComesFromHere(http.Request);

    /// <summary>Whether no page of another site made the request.</summary>
    public static bool ComesFromHere(HttpRequest request) =>
        request.Headers.Origin is not [{ } origin, ..]
            || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    private static bool IsForwarding(string header) =>
        ForwardingHeaders.Contains(header, StringComparer.OrdinalIgnoreCase)
        || ForwardingPrefixes.Any(prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
