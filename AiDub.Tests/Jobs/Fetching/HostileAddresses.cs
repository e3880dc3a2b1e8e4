namespace AiDub.Tests.Jobs.Fetching;

/// <summary>Addresses that a stranger hands in to reach what is not public: each with the code it is refused with.</summary>
internal static class HostileAddresses
{
    /// <summary>What the made-up name server answers; names that are not here do not exist.</summary>
    public static Dictionary<string, string[]> Names => new(StringComparer.OrdinalIgnoreCase)
    {
        ["public.example"] = ["93.184.216.34"],
        ["private.example"] = ["10.0.0.7"],
        ["www.private.example"] = ["10.0.0.7"],
        ["mixed.example"] = ["93.184.216.34", "127.0.0.1"],
        ["mixed-first.example"] = ["127.0.0.1", "93.184.216.34"],
        ["mixed-v6.example"] = ["93.184.216.34", "2606:2800:220:1::1", "fd00::1"],
        ["mapped.example"] = ["::ffff:10.0.0.7"],
        ["compatible.example"] = ["::127.0.0.1"],
        ["nat64.example"] = ["64:ff9b::a9fe:a9fe"],
        ["sixtofour.example"] = ["2002:7f00:1::1"],
        ["teredo.example"] = ["2001:0:4136:e378:8000:63bf:80ff:fffe"],
        ["local-v6.example"] = ["fe80::1%1"],
        ["localhost"] = ["127.0.0.1", "::1"],
        ["localhost.localdomain"] = ["127.0.0.1"],
        ["foo.localhost"] = ["127.0.0.1"],
        ["127.0.0.1.nip.example"] = ["127.0.0.1"],
        ["metadata.google.internal"] = ["169.254.169.254"],
        ["kubernetes.default.svc"] = ["10.96.0.1"],
        ["host.docker.internal"] = ["172.17.0.1"],
        ["database"] = ["192.168.7.7"],
        ["cgnat.example"] = ["100.64.1.1"],
        ["broadcast.example"] = ["255.255.255.255"],
        ["multicast.example"] = ["239.1.2.3"],
        ["xn--bcher-kva.example"] = ["10.1.2.3"],
    };

    /// <summary>The table.</summary>
    public static IEnumerable<object[]> Table()
    {
        foreach (var host in Denied)
            yield return ["http://" + host + "/", "source_forbidden"];
        foreach (var (address, code) in Others)
            yield return [address, code];
    }

    private static readonly string[] Denied =
    [
        // Loopback, in every way to write it: dotted, short, decimal, octal, hexadecimal, mixed, with leading zeros, in digits of Unicode.
        "127.0.0.1", "127.0.0.1:443", "127.1", "127.0.1", "127.255.255.254",
        "2130706433", "017700000001", "0x7f000001", "0x7F.0.0.1", "0177.0.0.1",
        "0177.0.0.01", "127.0.0.0x1", "0x7f.1", "00000177.0.0.1",
        "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460", "\uff11\uff12\uff17.\uff10.\uff10.\uff11",
        "127\u30020\u30020\u30021", "127\uff0e0\uff0e0\uff0e1", "0", "0.0.0.0", "0x0", "00",

        // Private, link-local, metadata, shared, and the rest of the registries.
        "10.0.0.1", "10.255.255.255", "0xa000001", "167772161", "012.0.0.1",
        "172.16.0.1", "172.31.255.255", "192.168.0.1", "3232235521", "0300.0250.0.1",
        "169.254.169.254/latest/meta-data", "2852039166", "0xa9fea9fe",
        "0251.0376.0251.0376", "169.254.170.2/v2/credentials", "100.100.100.200",
        "168.63.129.16", "192.0.0.192", "100.64.0.1", "192.0.0.8", "192.0.2.1",
        "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255",

        // IPv6, and IPv4 inside it.
        "[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[::ffff:a9fe:a9fe]", "[::ffff:8.8.8.8]", "[::127.0.0.1]",
        "[::ffff:0:127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::10.0.0.1]",
        "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2001::1]", "[2001:db8::1]",
        "[fe80::1]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]",
        "[fd20:ce::254]", "[ff02::1]", "[100::1]", "[5f00::1]", "[3fff::1]", "[4000::1]",

        // Names that lead there, alone or among public addresses.
        "private.example", "PRIVATE.EXAMPLE", "mixed.example",
        "mixed-first.example", "mixed-v6.example", "mapped.example", "compatible.example",
        "nat64.example", "sixtofour.example", "teredo.example", "local-v6.example",
        "localhost", "LocalHost", "localhost.localdomain", "foo.localhost",
        "127.0.0.1.nip.example", "metadata.google.internal", "kubernetes.default.svc", "host.docker.internal", "database", "cgnat.example",
        "broadcast.example", "multicast.example", "b\u00fccher.example", "xn--bcher-kva.example",
    ];

    private static readonly (string Address, string Code)[] Others =
    [
        ("http://public.example:22/", "source_port_forbidden"),
        ("http://public.example:6379/", "source_port_forbidden"),
        ("http://public.example:8080/", "source_port_forbidden"),
        ("https://127.0.0.1:2375/", "source_forbidden"),
        ("http://public.example:0/", "source_address_invalid"),
        ("http://public.example:65536/", "source_address_invalid"),
        ("http://public.example:-80/", "source_address_invalid"),
        ("http://user@public.example/", "source_address_invalid"),
        ("http://user:password@public.example/", "source_address_invalid"),
        ("http://public.example@127.0.0.1/", "source_address_invalid"),
        ("http://127.0.0.1\\@public.example/", "source_address_invalid"),
        ("http://public.example\\.private.example/", "source_address_invalid"),
        ("http://127.0.0.1%00.public.example/", "source_address_invalid"),
        ("http://%31%32%37.0.0.1/", "source_address_invalid"),
        ("http://[fe80::1%25eth0]/", "source_address_invalid"),
        ("http://[::1/", "source_address_invalid"),
        ("http://public.example\r\nHost: private.example/", "source_address_invalid"),
        ("http:///etc/passwd", "source_address_invalid"),
        ("http://", "source_address_invalid"),
        ("//127.0.0.1/x", "source_address_invalid"),
        ("127.0.0.1/x", "source_address_invalid"),
        ("/etc/passwd", "source_address_invalid"),
        ("file:///etc/passwd", "source_address_invalid"),
        ("FILE:///etc/passwd", "source_address_invalid"),
        ("ftp://public.example/a", "source_address_invalid"),
        ("gopher://127.0.0.1:6379/_FLUSHALL", "source_address_invalid"),
        ("dict://127.0.0.1:11211/stats", "source_address_invalid"),
        ("concat:/etc/passwd|/etc/hosts", "source_address_invalid"),
        ("subfile,,start,0,end,9,,:/etc/passwd", "source_address_invalid"),
        ("data:video/mp4;base64,AAAA", "source_address_invalid"),
        ("jar:http://127.0.0.1!/x", "source_address_invalid"),
        ("", "source_address_invalid"),
        ("http://nowhere.example/", "source_unreachable"),
        ("http://127.0.0.1.5/", "source_unreachable"),
        ("http://256.0.0.1/", "source_unreachable"),
    ];
}
