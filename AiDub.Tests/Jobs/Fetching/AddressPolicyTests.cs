using System.Net;
using AiDub.Jobs.Fetching;

namespace AiDub.Tests.Jobs.Fetching;

public sealed class AddressPolicyTests
{
    [TestCase("8.8.8.8")]
    [TestCase("1.1.1.1")]
    [TestCase("100.63.255.255")]
    [TestCase("100.128.0.0")]
    [TestCase("172.15.255.255")]
    [TestCase("172.32.0.0")]
    [TestCase("192.0.1.0")]
    [TestCase("198.17.255.255")]
    [TestCase("198.20.0.0")]
    [TestCase("223.255.255.255")]
    [TestCase("2600::1")]
    [TestCase("2a00:1450:4001:80b::200e")]
    [TestCase("2001:4860:4860::8888")]
    public void Addresses_of_the_internet_are_public(string address)
    {
        Assert.That(AddressPolicy.IsPublic(IPAddress.Parse(address)), Is.True);
    }

    [TestCase("0.0.0.0")]
    [TestCase("0.1.2.3")]
    [TestCase("10.255.255.255")]
    [TestCase("100.64.0.1")]
    [TestCase("100.127.255.255")]
    [TestCase("127.0.0.1")]
    [TestCase("127.255.255.254")]
    [TestCase("169.254.169.254")]
    [TestCase("172.16.0.1")]
    [TestCase("172.31.255.255")]
    [TestCase("192.0.0.170")]
    [TestCase("192.0.2.1")]
    [TestCase("192.88.99.1")]
    [TestCase("192.168.1.1")]
    [TestCase("198.18.0.1")]
    [TestCase("198.19.255.255")]
    [TestCase("198.51.100.7")]
    [TestCase("203.0.113.7")]
    [TestCase("224.0.0.1")]
    [TestCase("239.255.255.255")]
    [TestCase("240.0.0.1")]
    [TestCase("255.255.255.255")]
    [TestCase("::")]
    [TestCase("::1")]
    [TestCase("::127.0.0.1")]
    [TestCase("::10.0.0.1")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase("::ffff:8.8.8.8")]
    [TestCase("::8.8.8.8")]
    [TestCase("::ffff:0:127.0.0.1")]
    [TestCase("4000::1")]
    [TestCase("::ffff:169.254.169.254")]
    [TestCase("64:ff9b::7f00:1")]
    [TestCase("64:ff9b:1::1")]
    [TestCase("100::1")]
    [TestCase("2001::1")]
    [TestCase("2001:1ff::1")]
    [TestCase("2001:db8::1")]
    [TestCase("2002:7f00:1::1")]
    [TestCase("3fff::1")]
    [TestCase("5f00::1")]
    [TestCase("fc00::1")]
    [TestCase("fd00:ec2::254")]
    [TestCase("fe80::1")]
    [TestCase("fe80::1%1")]
    [TestCase("fec0::1")]
    [TestCase("ff02::1")]
    public void Addresses_with_a_special_purpose_are_not(string address)
    {
        Assert.That(AddressPolicy.IsPublic(IPAddress.Parse(address)), Is.False);
    }

    // https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry, whole; then what is no unicast,
    // and what clouds answer their machines on.
    [TestCase("0.0.0.0/8")]
    [TestCase("0.0.0.0/32")]
    [TestCase("10.0.0.0/8")]
    [TestCase("100.64.0.0/10")]
    [TestCase("127.0.0.0/8")]
    [TestCase("169.254.0.0/16")]
    [TestCase("172.16.0.0/12")]
    [TestCase("192.0.0.0/24")]
    [TestCase("192.0.0.0/29")]
    [TestCase("192.0.0.8/32")]
    [TestCase("192.0.0.9/32")]
    [TestCase("192.0.0.10/32")]
    [TestCase("192.0.0.170/32")]
    [TestCase("192.0.0.171/32")]
    [TestCase("192.0.2.0/24")]
    [TestCase("192.31.196.0/24")]
    [TestCase("192.52.193.0/24")]
    [TestCase("192.88.99.0/24")]
    [TestCase("192.168.0.0/16")]
    [TestCase("192.175.48.0/24")]
    [TestCase("198.18.0.0/15")]
    [TestCase("198.51.100.0/24")]
    [TestCase("203.0.113.0/24")]
    [TestCase("240.0.0.0/4")]
    [TestCase("255.255.255.255/32")]
    [TestCase("::1/128")]
    [TestCase("::/128")]
    [TestCase("::ffff:0:0/96")]
    [TestCase("64:ff9b::/96")]
    [TestCase("64:ff9b:1::/48")]
    [TestCase("100::/64")]
    [TestCase("100:0:0:1::/64")]
    [TestCase("2001::/23")]
    [TestCase("2001::/32")]
    [TestCase("2001:1::1/128")]
    [TestCase("2001:1::2/128")]
    [TestCase("2001:1::3/128")]
    [TestCase("2001:2::/48")]
    [TestCase("2001:3::/32")]
    [TestCase("2001:4:112::/48")]
    [TestCase("2001:10::/28")]
    [TestCase("2001:20::/28")]
    [TestCase("2001:30::/28")]
    [TestCase("2001:db8::/32")]
    [TestCase("2002::/16")]
    [TestCase("2620:4f:8000::/48")]
    [TestCase("3fff::/20")]
    [TestCase("5f00::/16")]
    [TestCase("fc00::/7")]
    [TestCase("fe80::/10")]
    [TestCase("224.0.0.0/4")]
    [TestCase("fec0::/10")]
    [TestCase("ff00::/8")]
    [TestCase("168.63.129.16/32")]
    [TestCase("100.100.100.200/32")]
    [TestCase("fd00:ec2::254/128")]
    [TestCase("fd20:ce::254/128")]
    public void Every_range_with_a_special_purpose_is_denied_from_its_first_address_to_its_last(string range)
    {
        var network = IPNetwork.Parse(range);
        var (first, last) = (network.BaseAddress.GetAddressBytes(), network.BaseAddress.GetAddressBytes());
        for (var bit = network.PrefixLength; bit < last.Length * 8; bit++)
            last[bit / 8] |= (byte)(0x80 >> (bit % 8));

        Assert.That(AddressPolicy.IsPublic(new IPAddress(first)), Is.False);
        Assert.That(AddressPolicy.IsPublic(new IPAddress(last)), Is.False);
    }
}
