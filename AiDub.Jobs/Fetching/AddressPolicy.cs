using System.Net;
using System.Net.Sockets;

namespace AiDub.Jobs.Fetching;

/// <summary>Which network addresses are public. All that IANA's special-purpose registries (RFC 6890) list is not.</summary>
public static class AddressPolicy
{
    // Multicast and 240/4 have registries of their own. 168.63.129.16 looks public, but is the host of every machine in Azure.
    private static readonly IPNetwork[] DeniedIPv4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    // Only 2000::/3 is given out (RFC 4291): that leaves out ::/8 with every form of IPv4 in it, 64:ff9b::/96, 100::/64, 5f00::/16,
    // fc00::/7 and up.
    private static readonly IPNetwork GlobalIPv6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] DeniedIPv6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    /// <summary>Whether an address is one of the public internet.</summary>
    public static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(DeniedIPv4, n => n.Contains(address)),
        AddressFamily.InterNetworkV6 => IsGlobal(new IPAddress(address.GetAddressBytes())),
        _ => false,
    };

    // Without its scope, which says where on this machine an address is, not where on the internet.
    // A mapped address would be looked for among those of IPv4.
    private static bool IsGlobal(IPAddress address) =>
        !address.IsIPv4MappedToIPv6 && GlobalIPv6.Contains(address) && !Array.Exists(DeniedIPv6, n => n.Contains(address));

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(n => IPNetwork.Parse(n))];
}
