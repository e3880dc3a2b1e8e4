using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AiDub.Api.Auth;
using Hangfire.Dashboard;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Dashboards;

/// <summary>What someone may do on the dashboard.</summary>
public enum DashboardAccess
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Look.</summary>
    Read,

    /// <summary>Look, and requeue or delete jobs.</summary>
    Operate,
}

/// <summary>
/// Judges who asks for the dashboard. Where tokens or a login are configured nothing else counts, the connection's address least of all: a reverse
/// proxy on this machine makes every stranger local. Where neither is, only a browser on this very machine is let in.
/// </summary>
public sealed class DashboardGate(IOptions<JwtOptions> jwt, IOptions<DashboardAccessOptions> options) : IDashboardAuthorizationFilter
{
    /// <summary>Whether there is anything to be asked for.</summary>
    public bool Asks => jwt.Value.IsConfigured || HasLogin;

    /// <summary>Whether a name and a password are.</summary>
    public bool HasLogin => options.Value.HasLogin;

    /// <inheritdoc/>
    public bool Authorize(DashboardContext context) => Of(context.GetHttpContext()) != DashboardAccess.None;

    /// <summary>What a request may do; judged once, since a password is slow to compare on purpose.</summary>
    public DashboardAccess Of(HttpContext http)
    {
        if (http.Items.TryGetValue(typeof(DashboardAccess), out var judged))
            return (DashboardAccess)judged!;
        var access = Judge(http);
        http.Items[typeof(DashboardAccess)] = access;
        return access;
    }

    private DashboardAccess Judge(HttpContext http)
    {
        if (!Asks)
            return LocalRequestsOnly.Allows(http) ? DashboardAccess.Operate : DashboardAccess.None;
        // A page of another site may not act through a browser that remembers a login.
        if (!LocalRequestsOnly.ComesFromHere(http.Request))
            return DashboardAccess.None;
        if (HasLogin && IsPrivate(http) && IsLogin(http.Request))
            return DashboardAccess.Operate;
        if (!jwt.Value.IsConfigured || UserClaim.Of(http.User) is null)
            return DashboardAccess.None;
        return options.Value.Role is { Length: > 0 } role && http.User.HasClaim(options.Value.RoleClaim, role) ? DashboardAccess.Operate : DashboardAccess.Read;
    }

    private static bool IsPrivate(HttpContext http) =>
        http.Request.IsHttps || (http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    private bool IsLogin(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var sent)
            || !sent.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || sent.Parameter is not { Length: <= 1024 } encoded)
            return false;
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).Split(':', 2) is [var user, var password]
                && DashboardPassword.Matches(options.Value, user, password);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
