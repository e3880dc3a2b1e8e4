using System.Text;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Fetching;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Fetching;

public sealed class HttpTransportTests
{
    private string _folder = "";
    private string _file = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-fetch-").FullName;
        _file = Path.Combine(_folder, "source");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_the_server_sends_is_in_the_file()
    {
        await using var server = new RawServer(_ => RawServer.Ok("hello"));
        var shares = new Shares();

        await Fetcher(server).FetchAsync(server.Address(), _file, shares, default);

        Assert.That(await File.ReadAllTextAsync(_file), Is.EqualTo("hello"));
        Assert.That(shares.Told, Is.EqualTo(new[] { 1.0 }));
    }

    [TestCase("/My+Video%2B%7E%41.mp4?sig=a%2Fb+c%3D", "/My+Video%2B%7E%41.mp4?sig=a%2Fb+c%3D")]
    [TestCase("/a/../b/%2e%2e/c//d", "/a/../b/%2e%2e/c//d")]
    [TestCase("/é v#t=3", "/%C3%A9%20v")]
    public async Task The_address_reaches_the_server_as_it_was_written(string written, string asked)
    {
        await using var server = new RawServer(_ => RawServer.Ok("hello"));

        await Fetcher(server).FetchAsync(server.Address(written), _file, new Shares(), default);

        Assert.That(server.Asked, Is.EqualTo(new[] { asked }));
    }

    [TestCase(404, "source_not_found")]
    [TestCase(410, "source_not_found")]
    [TestCase(401, "source_refused")]
    [TestCase(403, "source_refused")]
    [TestCase(418, "source_refused")]
    [TestCase(204, "source_refused")]
    [TestCase(304, "source_refused")]
    public async Task A_refusal_is_permanent(int status, string code)
    {
        await using var server = new RawServer(_ => RawServer.Status(status));

        Assert.That(Code(Fetcher(server), server.Address()), Is.EqualTo(code));
    }

    [TestCase(408)]
    [TestCase(429)]
    [TestCase(500)]
    [TestCase(503)]
    public async Task A_failure_of_the_server_is_transient(int status)
    {
        await using var server = new RawServer(_ => RawServer.Status(status));

        IsTransient(Fetcher(server), server.Address());
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", TestName = "A body of which nothing comes is transient")]
    [TestCase("", TestName = "A server that hangs up is transient")]
    [TestCase("nonsense\r\n\r\n", TestName = "A server that talks nonsense is transient")]
    public async Task A_broken_answer_is_transient(string answer)
    {
        await using var server = new RawServer(_ => answer);

        IsTransient(Fetcher(server), server.Address());
    }

    [Test]
    public async Task A_server_that_is_not_there_is_transient()
    {
        var server = new RawServer(_ => "");
        var fetcher = Fetcher(server);
        await server.DisposeAsync();

        IsTransient(fetcher, server.Address());
    }

    [TestCase("Content-Length: 101\r\n", TestName = "Too large by its stated length")]
    [TestCase("", TestName = "Too large without a stated length")]
    public async Task A_source_over_the_limit_is_refused(string header)
    {
        await using var server = new RawServer(_ => $"HTTP/1.1 200 OK\r\n{header}Connection: close\r\n\r\n{new string('x', 101)}");

        Assert.That(Code(Fetcher(server, maxBytes: 100), server.Address()), Is.EqualTo("source_too_large"));
    }

    [Test]
    public async Task A_source_of_just_the_limit_is_not()
    {
        await using var server = new RawServer(_ => RawServer.Ok(new string('x', 100)));

        await Fetcher(server, maxBytes: 100).FetchAsync(server.Address(), _file, new Shares(), default);

        Assert.That(new FileInfo(_file).Length, Is.EqualTo(100));
    }

    [Test]
    public async Task A_source_that_drips_runs_into_the_deadline()
    {
        await using var server = new RawServer(async (_, stream, ct) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"), ct);
            while (true)
            {
                await stream.WriteAsync("x"u8.ToArray(), ct);
                await Task.Delay(50, ct);
            }
        });

        Assert.That(Code(Fetcher(server, timeoutSeconds: 1), server.Address()), Is.EqualTo("source_timeout"));
    }

    [Test]
    public async Task What_is_sent_beyond_a_stated_length_is_not_taken()
    {
        await using var server = new RawServer(_ =>
            $"HTTP/1.1 200 OK\r\nContent-Length: 50\r\nConnection: close\r\n\r\n{new string('x', 101)}");

        await Fetcher(server, maxBytes: 100).FetchAsync(server.Address(), _file, new Shares(), default);

        Assert.That(await File.ReadAllTextAsync(_file), Is.EqualTo(new string('x', 50)));
    }

    [TestCase("", "")]
    [TestCase("Transfer-Encoding: chunked\r\n", "65\r\n")]
    [CancelAfter(60_000)]
    public async Task The_first_byte_over_the_limit_ends_the_transfer(string header, string chunk, CancellationToken test)
    {
        var left = new TaskCompletionSource();
        await using var server = new RawServer(async (_, stream, ct) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{header}\r\n{chunk}{new string('x', 101)}"), ct);

            // Nothing more is sent, nor is the connection closed: who waits for more waits for ever.
            try
            {
                await stream.ReadExactlyAsync(new byte[1], ct);
            }
            catch (IOException)
            {
                // Reset, since it had not read all.
            }
            left.SetResult();
        });

        Assert.That(Code(Fetcher(server, maxBytes: 100), server.Address()), Is.EqualTo("source_too_large"));
        await left.Task.WaitAsync(test);
    }

    [Test]
    public async Task A_head_that_drips_runs_into_the_deadline()
    {
        await using var server = new RawServer(async (_, stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nX: "u8.ToArray(), ct);
            while (true)
            {
                await stream.WriteAsync("x"u8.ToArray(), ct);
                await Task.Delay(50, ct);
            }
        });

        Assert.That(Code(Fetcher(server, timeoutSeconds: 1), server.Address()), Is.EqualTo("source_timeout"));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Cancelling_leaves_no_file(CancellationToken test)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(test);
        await using var server = new RawServer(async (_, stream, ct) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"), ct);
            await Task.Delay(Timeout.Infinite, ct);
        });

        var fetch = Fetcher(server).FetchAsync(server.Address(), _file, new Shares { OnTold = cancel.Cancel }, cancel.Token);

        Assert.That(async () => await fetch, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(_file), Is.False);
    }

    private static ISourceFetcher Fetcher(RawServer server, long maxBytes = 1 << 20, int timeoutSeconds = 30)
    {
        var options = Options.Create(new SourceOptions
        {
            AllowedPrivateHosts = [server.HostAndPort],
            MaxBytes = maxBytes,
            DownloadTimeoutSeconds = timeoutSeconds,
        });
        var network = new SourceNetwork();
        return new SourceFetcher(
            [new HttpTransport(new SourceGate(network, options), network, options, new HurriedClock())], options, TimeProvider.System);
    }

    private string Code(ISourceFetcher fetcher, string address)
    {
        var error = Assert.ThrowsAsync<PermanentDubException>(() => fetcher.FetchAsync(address, _file, new Shares(), default));
        Assert.That(File.Exists(_file), Is.False);
        Assert.That(error.Message, Does.Not.Contain("127.0.0.1").And.Not.Contain(_folder));
        return error.Code.Value;
    }

    private void IsTransient(ISourceFetcher fetcher, string address)
    {
        var error = Assert.ThrowsAsync<TransientDubException>(() => fetcher.FetchAsync(address, _file, new Shares(), default));
        Assert.That(File.Exists(_file), Is.False);
        Assert.That(error.Message, Does.Not.Contain("127.0.0.1"));
    }

    private sealed class Shares : IProgress<double>
    {
        public List<double> Told { get; } = [];

        public Action? OnTold { get; init; }

        public void Report(double value)
        {
            Told.Add(value);
            OnTold?.Invoke();
        }
    }
}
