using System.Net.Http.Headers;
using System.Text;
using AiDub.Api.Auth;
using AiDub.Api.Http;
using Hangfire.Dashboard;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Dashboards;

/// <summary>What someone who asks for the dashboard is answered.</summary>
internal enum DashboardAccess
{
    /// <summary>Who it is cannot be told; asked again, with a login or a token.</summary>
    Unknown,

    /// <summary>No page of it: a user who is no operator, or a request from elsewhere.</summary>
    Forbidden,

    /// <summary>Nothing for now: too many logins failed.</summary>
    Throttled,

    /// <summary>Every page, and every button.</summary>
    Operator,
}

/// <summary>
/// Judges who asks for the dashboard. Where tokens or a login are configured nothing else counts, the connection's address least of all: a
/// reverse proxy on this machine makes every stranger local. Where neither is, only a browser on this very machine is let in.
/// </summary>
internal sealed class DashboardGate(
    IOptions<JwtOptions> jwt, IOptions<DashboardAccessOptions> options, LoginThrottle throttle) : IDashboardAuthorizationFilter
{
    /// <summary>Whether there is anything to be asked for.</summary>
    public bool Asks => jwt.Value.IsConfigured || HasLogin;

    /// <summary>Whether a name and a password are.</summary>
    public bool HasLogin => options.Value.HasLogin;

    /// <inheritdoc/>
    public bool Authorize(DashboardContext context) => Of(context.GetHttpContext()) == DashboardAccess.Operator;

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
            return LocalRequestsOnly.Allows(http) ? DashboardAccess.Operator : DashboardAccess.Forbidden;
        // A page of another site may not act through a browser that remembers a login.
        if (!LocalRequestsOnly.ComesFromHere(http.Request))
            return DashboardAccess.Unknown;
        if (HasLogin && IsPrivate(http) && LoginOf(http.Request) is var (user, password))
            return throttle.Try(http.Connection.RemoteIpAddress, () => DashboardPassword.Matches(options.Value, user, password));
        if (!jwt.Value.IsConfigured || UserClaim.Of(http.User) is null)
            return DashboardAccess.Unknown;
        // Jobs are everybody's: who may see one sees all, and what they are about.
        return options.Value.Role is { Length: > 0 } role && http.User.HasClaim(options.Value.RoleClaim, role)
            ? DashboardAccess.Operator
            : DashboardAccess.Forbidden;
    }

    private static bool IsPrivate(HttpContext http) => http.Request.IsHttps || Loopback.IsAddress(http.Connection.RemoteIpAddress);

    private static (string User, string Password)? LoginOf(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var sent)
            || !sent.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || sent.Parameter is not { Length: <= 1024 } encoded)
            return null;
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).Split(':', 2) is [var user, var password]
                ? (user, password)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
