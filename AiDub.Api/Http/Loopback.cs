using System.Net;

namespace AiDub.Api.Http;

/// <summary>Whether a host or an address is this machine's own.</summary>
internal static class Loopback
{
    /// <summary>Whether a host is <c>localhost</c> or an address of loopback, in brackets or not.</summary>
    public static bool IsHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IsAddress(address));

    /// <summary>Whether an address is of loopback, as IPv4 written in IPv6 too.</summary>
    public static bool IsAddress(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
