using System.Net;
using System.Net.Sockets;

namespace AiDub.Jobs.Fetching;

/// <summary>Which network addresses are public. All that IANA's special-purpose registries (RFC 6890) list is not.</summary>
public static class AddressPolicy
{
    private static readonly IPNetwork[] Denied = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2002::/16",
        "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    }.Select(n => IPNetwork.Parse(n))];

    /// <summary>Whether an address is one of the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
            return false;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            var bytes = address.GetAddressBytes();

            // An interface's scope says where on this machine, not where on the internet.
            address = new IPAddress(bytes);
            if (address.IsIPv4MappedToIPv6 || IsCompatible(bytes))
                return IsPublic(new IPAddress(bytes.AsSpan(12)));
        }
        return !Array.Exists(Denied, n => n.Contains(address));
    }

    // ::a.b.c.d, deprecated by RFC 4291 but still read as the IPv4 address by some; :: and ::1 fall into 0/8.
    private static bool IsCompatible(byte[] bytes) => bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0;
}
