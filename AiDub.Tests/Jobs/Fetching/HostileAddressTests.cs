using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Fetching;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Fetching;

public sealed class HostileAddressTests
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [TearDown]
    public void RemoveFile() => File.Delete(_file);

    [TestCaseSource(typeof(HostileAddresses), nameof(HostileAddresses.Table))]
    public void A_denied_address_is_refused_before_any_connection(string address, string code)
    {
        var network = Network();

        Assert.That(Code(Fetcher(network), address), Is.EqualTo(code));
        Assert.That(network.Connections, Is.Empty);
    }

    [TestCase(" <http://127.0.0.1/x>\n")]
    [TestCase("\u200bhttp://169.254.169.254/")]
    [TestCase("www.private.example/x")]
    public void What_is_mended_of_an_address_is_judged_like_any(string address)
    {
        var network = Network();

        Assert.That(Code(Fetcher(network), address), Is.EqualTo("source_forbidden"));
        Assert.That(network.Connections, Is.Empty);
    }

    [TestCaseSource(typeof(HostileAddresses), nameof(HostileAddresses.Table))]
    public async Task No_redirect_leads_to_a_denied_address(string address, string code)
    {
        await using var server = new RawServer(_ => RawServer.Status(302, $"Location: {Latin(address)}\r\n"));
        var network = Network(server.Port);

        var refused = Code(Fetcher(network), "http://public.example/a");

        // What is no address by itself may be one seen from where it was redirected: a host, or a path of the same, public host, round and
        // round.
        string[] allowed = code == "source_address_invalid" ? ["source_redirect_invalid", "source_redirects", "source_forbidden"] : [code];
        Assert.That(allowed, Does.Contain(refused));
        Assert.That(refused == "source_redirects", Is.EqualTo(network.Connections.Count > 1));
        Assert.That(network.Connections.Select(c => c.ToString()).Distinct(), Is.EqualTo(new[] { "93.184.216.34:80" }));
    }

    [Test]
    public void The_table_holds_more_than_eighty_addresses() => Assert.That(HostileAddresses.Table().Count(), Is.GreaterThan(80));

    [Test]
    public async Task A_listener_on_a_denied_address_sees_nobody()
    {
        await using var server = new RawServer(_ => RawServer.Ok("secret"));
        var network = new SourceNetwork();
        var options = Options.Create(new SourceOptions { AllowedPorts = [server.Port] });
        var fetcher = new SourceFetcher(
            [new HttpTransport(new SourceGate(network, options), network, options, TimeProvider.System)], options, TimeProvider.System);

        foreach (var host in new[]
        {
            "127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::127.0.0.1]",
            "0.0.0.0", "0", "127.1", "2130706433", "0x7f000001", "017700000001", "0177.0.0.1",
            "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460",
        })
        {
            Assert.That(Code(fetcher, $"http://{host}:{server.Port}/"), Is.EqualTo("source_forbidden"), host);
        }
        Assert.That(server.Accepted, Is.Zero);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(10)]
    public async Task A_redirect_to_a_denied_address_is_refused_at_any_hop(int hops)
    {
        await using var server = new RawServer(asked =>
            RawServer.Status(
                307, $"Location: {(int.Parse(asked[1..]) is var hop && hop < hops ? $"/{hop + 1}" : "http://169.254.169.254/")}\r\n"));
        var network = Network(server.Port);

        Assert.That(Code(Fetcher(network), "http://public.example/1"), Is.EqualTo("source_forbidden"));
        Assert.That(network.Connections, Has.Count.EqualTo(hops));
    }

    [TestCase("//private.example/x", "source_forbidden")]
    [TestCase("//127.0.0.1/x", "source_forbidden")]
    [TestCase("//user@public.example/x", "source_redirect_invalid")]
    [TestCase("\\\\127.0.0.1\\x", "source_redirect_invalid")]
    [TestCase("file:///etc/passwd", "source_redirect_invalid")]
    [TestCase("s3://bucket/key", "source_redirect_invalid")]
    [TestCase("https://private.example/", "source_forbidden")]
    public async Task A_redirect_is_judged_like_an_address(string location, string code)
    {
        await using var server = new RawServer(_ => RawServer.Status(301, $"Location: {location}\r\n"));
        var network = Network(server.Port);

        Assert.That(Code(Fetcher(network), "http://public.example/a"), Is.EqualTo(code));
        Assert.That(network.Connections, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_name_is_looked_up_once_and_that_address_is_connected_to()
    {
        await using var server = new RawServer(_ => RawServer.Ok("hello"));
        var network = Network(server.Port);
        network.Rebound["public.example"] = "127.0.0.1";

        await Fetcher(network).FetchAsync("http://public.example/a", _file, new Progress<double>(), default);

        Assert.That(network.LookUps, Is.EqualTo(new[] { "public.example" }));
        Assert.That(network.Connections.Select(c => c.ToString()), Is.EqualTo(new[] { "93.184.216.34:80" }));
    }

    [Test]
    public async Task A_name_that_is_rebound_between_redirects_is_refused()
    {
        await using var server = new RawServer(_ => RawServer.Status(302, "Location: /b\r\n"));
        var network = Network(server.Port);
        network.Rebound["public.example"] = "127.0.0.1";

        Assert.That(Code(Fetcher(network), "http://public.example/a"), Is.EqualTo("source_forbidden"));
        Assert.That(network.Connections.Select(c => c.ToString()), Is.EqualTo(new[] { "93.184.216.34:80" }));
    }

    [Test]
    public async Task A_listed_private_host_is_fetched_from_by_that_name_and_port_only()
    {
        await using var server = new RawServer(_ => RawServer.Ok("hello"));
        var network = Network(server.Port);
        var fetcher = Fetcher(network, "private.example:9000");

        await fetcher.FetchAsync("http://Private.Example:9000/a", _file, new Progress<double>(), default);

        Assert.That(network.Connections.Select(c => c.ToString()), Is.EqualTo(new[] { "10.0.0.7:9000" }));
        Assert.That(Code(fetcher, "http://private.example/a"), Is.EqualTo("source_forbidden"));
    }

    private static FakeNetwork Network(int? port = null) => new(HostileAddresses.Names, port);

    private static ISourceFetcher Fetcher(FakeNetwork network, params string[] listed)
    {
        var options = Options.Create(new SourceOptions { AllowedPrivateHosts = listed });
        return new SourceFetcher(
            [new HttpTransport(new SourceGate(network, options), network, options, TimeProvider.System)], options, TimeProvider.System);
    }

    private string Code(ISourceFetcher fetcher, string address)
    {
        var error = Assert.ThrowsAsync<PermanentDubException>(() => fetcher.FetchAsync(address, _file, new Progress<double>(), default));
        Assert.That(File.Exists(_file), Is.False);
        return error.Code.Value;
    }

    // A header has no characters beyond Latin-1; servers send UTF-8 bytes in them.
    private static string Latin(string text) =>
        System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\\")));
}
