using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Dashboards;

/// <summary>Refuses logins from an address from which too many have failed within a minute; those that succeed do not count.</summary>
/// <remarks>
/// An IPv6 caller has a /64 to choose addresses from, so that counts as one. Behind a proxy all callers share its address.
/// </remarks>
internal sealed class LoginThrottle(IOptions<DashboardAccessOptions> options, TimeProvider clock)
{
    /// <summary>How long a failure counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Callers beyond so many at a time share one count, so that addresses cannot fill the memory.
    private const int MostCallers = 10_000;

    private readonly Dictionary<string, Tries> _callers = [];
    private readonly Lock _lock = new();
    private long _window;

    /// <summary>
    /// Compares a login, unless too many from there failed. Of several from one place at once one is compared after the other.
    /// </summary>
    /// <param name="caller">Where it comes from.</param>
    /// <param name="matches">Compares it.</param>
    public DashboardAccess Try(IPAddress? caller, Func<bool> matches)
    {
        var tries = Of(caller);
        lock (tries)
        {
            if (tries.Failed >= options.Value.FailedLoginsPerMinute)
                return DashboardAccess.Throttled;
            if (matches())
                return DashboardAccess.Operator;
            tries.Failed++;
            return DashboardAccess.Unknown;
        }
    }

    private Tries Of(IPAddress? caller)
    {
        lock (_lock)
        {
            var window = clock.GetUtcNow().Ticks / Window.Ticks;
            if (window != _window)
                _callers.Clear();
            _window = window;
            var name = _callers.Count < MostCallers || _callers.ContainsKey(NameOf(caller)) ? NameOf(caller) : "";
            if (!_callers.TryGetValue(name, out var tries))
                _callers[name] = tries = new Tries();
            return tries;
        }
    }

    private static string NameOf(IPAddress? caller)
    {
        if (caller is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
            return $"{caller?.MapToIPv4()}";
        return Convert.ToHexString(caller.GetAddressBytes().AsSpan(0, 8));
    }

    private sealed class Tries
    {
        public int Failed { get; set; }
    }
}
