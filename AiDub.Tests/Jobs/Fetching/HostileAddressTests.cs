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

    [TestCase("http://127.0.0.1/")]
    [TestCase("http://127.1/")]
    [TestCase("http://2130706433/")]
    [TestCase("http://0x7f000001/")]
    [TestCase("http://0177.0.0.1/")]
    [TestCase("http://0/")]
    [TestCase("http://169.254.169.254/latest/meta-data/")]
    [TestCase("http://[::1]/")]
    [TestCase("http://[::ffff:127.0.0.1]/")]
    [TestCase("http://[::ffff:a9fe:a9fe]/")]
    [TestCase("http://[64:ff9b::7f00:1]/")]
    [TestCase("http://[fe80::1]/")]
    [TestCase("http://private.example/")]
    [TestCase("http://mixed.example/")]
    [TestCase("http://public.example:22/")]
    [TestCase("http://public.example:8080/")]
        public void A_denied_address_is_refused_before_any_connection(string address)
    {
        var network = Network();

        Assert.That(Code(network, address), Is.EqualTo("source_forbidden"));
        Assert.That(network.Connections, Is.Empty);
    }

    [Test]
    public async Task A_listener_on_a_denied_address_sees_nobody()
    {
        await using var server = new RawServer(_ => RawServer.Ok("secret"));
        var network = new SourceNetwork();
        var options = Options.Create(new SourceOptions { AllowedPorts = [server.Port] });
        ISourceFetcher fetcher = new SourceFetcher([new HttpTransport(new SourceGate(network, options), network)], options, TimeProvider.System);

        foreach (var host in new[] { "127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1" })
        {
            var error = Assert.ThrowsAsync<PermanentDubException>(
                () => fetcher.FetchAsync($"http://{host}:{server.Port}/", _file, new Progress<double>(), default));
            Assert.That(error.Code, Is.EqualTo("source_forbidden"), host);
        }
        Assert.That(server.Asked, Is.Empty);
    }

    [Test]
    public void A_host_that_does_not_exist_is_permanent()
    {
        Assert.That(Code(Network(), "http://nowhere.example/"), Is.EqualTo("source_unreachable"));
    }

    [TestCase("http://169.254.169.254/")]
    [TestCase("http://private.example/")]
    [TestCase("http://public.example:22/")]
    public async Task A_redirect_to_a_denied_address_is_refused(string location)
    {
        await using var server = new RawServer(_ => RawServer.Status(302, $"Location: {location}\r\n"));
        var network = Network(server.Port);

        Assert.That(Code(network, "http://public.example/a"), Is.EqualTo("source_forbidden"));
        Assert.That(network.Connections, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_name_is_looked_up_once_and_that_address_is_connected_to()
    {
        await using var server = new RawServer(_ => RawServer.Ok("hello"));
        var network = Network(server.Port);

        await Fetcher(network).FetchAsync("http://public.example/a", _file, new Progress<double>(), default);

        Assert.That(network.LookUps, Is.EqualTo(new[] { "public.example" }));
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
        var error = Assert.ThrowsAsync<PermanentDubException>(
            () => fetcher.FetchAsync("http://private.example/a", _file, new Progress<double>(), default));
        Assert.That(error.Code, Is.EqualTo("source_forbidden"));
    }

    private static FakeNetwork Network(int? port = null) => new(
        new()
        {
            ["public.example"] = ["93.184.216.34"],
            ["private.example"] = ["10.0.0.7"],
            ["mixed.example"] = ["93.184.216.34", "127.0.0.1"],
        },
        port);

    private static ISourceFetcher Fetcher(FakeNetwork network, params string[] listed)
    {
        var options = Options.Create(new SourceOptions { AllowedPrivateHosts = listed });
        return new SourceFetcher([new HttpTransport(new SourceGate(network, options), network)], options, TimeProvider.System);
    }

    private string Code(FakeNetwork network, string address)
    {
        var error = Assert.ThrowsAsync<PermanentDubException>(
            () => Fetcher(network).FetchAsync(address, _file, new Progress<double>(), default));
        return error.Code;
    }
}
