using System.Security.Cryptography;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Storage.S3;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Jobs.Storage;
using AiDub.Tests.Jobs.Storage.S3;
using Amazon.S3.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Fetching;

[TestFixture]
public sealed class S3TransportTests
{
    private S3Server _server = null!;
    private S3Bench _bench = null!;
    private TestData _data = null!;
    private string _file = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await S3Server.StartAsync();
        _bench = new S3Bench(_server.Options());
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _bench.Dispose();
        await _server.DisposeAsync();
    }

    [SetUp]
    public void MakeFolder()
    {
        _data = new TestData();
        _file = Path.Combine(_data.Root, "source");
    }

    [TearDown]
    public void RemoveFolder() => _data.Dispose();

    [TestCase("talk.mp4")]
    [TestCase("aidub-test/My Talk+%20ü.mp4")]
    [TestCase("aidub-test/a?b=c#d&e.mp4")]
    public async Task What_lies_under_the_key_as_it_was_written_is_in_the_file(string key)
    {
        await PutAsync(key, "hello");
        var shares = new LastShare();

        await Fetcher(_bench.Connection).FetchAsync($"s3://{_server.SourceBucket}/{key}", _file, shares, default);

        Assert.That(await File.ReadAllTextAsync(_file), Is.EqualTo("hello"));
        Assert.That(shares.Last, Is.EqualTo(1));
    }

    [Test]
    public void A_key_that_is_not_there_is_said_to_be_missing() =>
        AssertRefused("source_not_found", $"s3://{_server.SourceBucket}/nothing.mp4");

    [Test]
    public async Task A_source_over_the_limit_is_refused_and_one_of_just_the_limit_is_not()
    {
        await PutAsync("six", "sixsix");

        AssertRefused(
            "source_too_large",
            $"s3://{_server.SourceBucket}/six",
            new SourceOptions { AllowedBuckets = [_server.SourceBucket], MaxBytes = 5 });
        await Fetcher(_bench.Connection, new SourceOptions { AllowedBuckets = [_server.SourceBucket], MaxBytes = 6 })
            .FetchAsync($"s3://{_server.SourceBucket}/six", _file, new LastShare(), default);
    }

    [Test]
    public void A_bucket_that_is_no_longer_allowed_is_not_read() =>
        AssertRefused("source_bucket_forbidden", $"s3://{_server.SourceBucket}/talk.mp4", new SourceOptions());

    [TestCase(403, "AccessDenied", "source_refused")]
    [TestCase(404, "NoSuchBucket", "source_not_found")]
    [TestCase(400, "InvalidObjectState", "source_refused")]
    public async Task A_refusal_is_permanent(int status, string code, string expected)
    {
        await using var server = await FailingAsync(status, code);
        using var bench = Bench(server);

        AssertRefused(expected, "s3://clips/talk.mp4", new SourceOptions { AllowedBuckets = ["clips"] }, bench);
    }

    [TestCase(500, "InternalError")]
    [TestCase(503, "SlowDown")]
    public async Task A_failure_of_the_server_is_transient(int status, string code)
    {
        await using var server = await FailingAsync(status, code);
        using var bench = Bench(server);

        Assert.ThrowsAsync<TransientDubException>(() => Fetcher(bench.Connection, new SourceOptions { AllowedBuckets = ["clips"] })
            .FetchAsync("s3://clips/talk.mp4", _file, new LastShare(), default));
        Assert.That(File.Exists(_file), Is.False);
    }

    [Test]
    public async Task What_broke_off_goes_on_where_it_was()
    {
        var tag = $"\"{Convert.ToHexStringLower(MD5.HashData("first second"u8))}\"";
        RawServer server = null!;
        await using var made = server = new RawServer(_ => server.Sent(server.Accepted - 1, "range") is null
            ? $"HTTP/1.1 200 OK\r\nETag: {tag}\r\nContent-Length: 12\r\n\r\nfirst "
            : $"HTTP/1.1 206 Part\r\nETag: {tag}\r\nContent-Range: bytes 6-11/12\r\nContent-Length: 6\r\n\r\nsecond");
        using var bench = new S3Bench(
            new S3Options { ServiceUrl = $"http://{server.HostAndPort}", AccessKey = "AKIAEXAMPLE", SecretKey = "s3cr3t" });

        await Fetcher(bench.Connection, new SourceOptions { AllowedBuckets = ["clips"] })
            .FetchAsync("s3://clips/talk.mp4", _file, new LastShare(), default);

        Assert.That(await File.ReadAllTextAsync(_file), Is.EqualTo("first second"));
        Assert.That((server.Accepted, server.Sent(1, "range"), server.Sent(1, "if-match")), Is.EqualTo((2, "bytes=6-", tag)));
    }

    [Test]
    public async Task A_source_that_takes_too_long_runs_into_the_deadline()
    {
        await using var server = await ClipServer.StartAsync();
        server.On("clips/talk.mp4", async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("only this");
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var bench = Bench(server);

        AssertRefused(
            "source_timeout", "s3://clips/talk.mp4", new SourceOptions { AllowedBuckets = ["clips"], DownloadTimeoutSeconds = 1 }, bench);
    }

    private static async Task<ClipServer> FailingAsync(int status, string code)
    {
        var server = await ClipServer.StartAsync();
        server.On("clips/talk.mp4", context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/xml";
            return context.Response.WriteAsync($"<Error><Code>{code}</Code><Message>No.</Message></Error>");
        });
        return server;
    }

    private static S3Bench Bench(ClipServer server) =>
        new(new S3Options { ServiceUrl = $"http://127.0.0.1:{server.Port}", AccessKey = "AKIAEXAMPLE", SecretKey = "s3cr3t" });

    private void AssertRefused(string code, string address, SourceOptions? options = null, S3Bench? bench = null)
    {
        var error = Assert.ThrowsAsync<PermanentDubException>(() => Fetcher((bench ?? _bench).Connection, options)
            .FetchAsync(address, _file, new LastShare(), default));
        Assert.That(error.Code.Value, Is.EqualTo(code));
        Assert.That(error.Message, Does.Not.Contain("127.0.0.1").And.Not.Contain("/"));
        Assert.That(File.Exists(_file), Is.False);
    }

    private ISourceFetcher Fetcher(S3Connection connection, SourceOptions? options = null)
    {
        var chosen = Options.Create(options ?? new SourceOptions { AllowedBuckets = [_server.SourceBucket] });
        return new SourceFetcher([new S3Transport(connection, chosen, new HurriedClock())], chosen, TimeProvider.System);
    }

    private Task PutAsync(string key, string text) => _bench.Connection.Client.PutObjectAsync(new PutObjectRequest
    {
        BucketName = _server.SourceBucket,
        Key = key,
        ContentBody = text,
        DisablePayloadSigning = _bench.Connection.SendsUnsignedBodies,
    });

    private sealed class LastShare : IProgress<double>
    {
        public double Last { get; private set; }

        public void Report(double value) => Last = value;
    }
}
