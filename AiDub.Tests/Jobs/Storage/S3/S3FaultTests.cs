using AiDub.Domain.Errors;
using AiDub.Jobs.Storage.S3;
using AiDub.Tests.EndToEnd;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Jobs.Storage.S3;

/// <summary>Servers that fail, refuse or lie, over the wire.</summary>
[TestFixture]
public sealed class S3FaultTests
{
    private const string Crc32Of123456789 = "y/Q5Jg==";

    private ClipServer _server = null!;
    private TestData _data = null!;

    [SetUp]
    public async Task Start()
    {
        _server = await ClipServer.StartAsync();
        _data = new TestData();
    }

    [TearDown]
    public async Task Stop()
    {
        _data.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase(500, "InternalError")]
    [TestCase(503, "SlowDown")]
    public void A_server_that_fails_or_throttles_is_transient(int status, string code)
    {
        Answer("a", status, code);
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", _data.Root, default));
        Assert.That(bench.Log.Entries.Where(e => e.Level >= LogLevel.Error), Is.Empty);
    }

    [TestCase(403, "AccessDenied")]
    [TestCase(403, "InvalidAccessKeyId")]
    [TestCase(404, "NoSuchBucket")]
    public void What_only_an_operator_can_put_right_is_transient_and_said_in_the_log(int status, string code)
    {
        Answer("a", status, code);
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", _data.Root, default));

        var said = bench.Log.Entries.Single(e => e.Level == LogLevel.Error).Message;
        Assert.That(said, Does.Contain(code).And.Contain("Objects:S3").And.Not.Contain("s3cr3t"));
    }

    [TestCase(403, "RequestTimeTooSkewed", "clock")]
    [TestCase(400, "ExpiredToken", "credentials")]
    public void What_else_an_operator_has_to_put_right_is_named(int status, string code, string what)
    {
        Answer("a", status, code);
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", _data.Root, default));

        Assert.That(
            bench.Log.Entries.Single(e => e.Level == LogLevel.Error).Message, Does.Contain(code).And.Contain(what));
    }

    [Test]
    public void A_server_that_redirects_to_another_is_said_in_the_log_to_be_the_wrong_one()
    {
        _server.On("aidub-objects/a", context =>
        {
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = "http://127.0.0.1:9/aidub-objects/a";
            return Task.CompletedTask;
        });
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", _data.Root, default));

        Assert.That(bench.Log.Entries.Single(e => e.Level == LogLevel.Error).Message, Does.Contain("ServiceUrl"));
    }

    [Test]
    public void A_server_that_is_not_there_is_transient()
    {
        using var bench = Bench($"http://127.0.0.1:{FreePort.Next()}");

        AssertTransient(bench.Store.SizeAsync("a", default));
        AssertTransient(bench.Store.ListAsync("a", default));
        AssertTransient(bench.Store.DeleteAsync("a", default));
        AssertTransient(bench.Store.DeleteAsync(["a", "b"], default));
        AssertTransient(bench.Store.PutAsync("a", _data.Write("a", "x"), "text/plain", default));
    }

    [Test]
    public async Task A_certificate_that_is_not_trusted_is_transient_and_said_in_the_log()
    {
        await using var server = await S3Server.StartStandInAsync();
        var options = server.Options();
        options.TrustedCertificateFile = null;
        using var bench = new S3Bench(options);

        AssertTransient(bench.Store.SizeAsync("a", default));

        Assert.That(bench.Log.Entries.Select(e => e.Message), Has.Some.Contain("TrustedCertificateFile"));
    }

    [Test]
    public async Task A_missing_bucket_is_not_taken_for_a_missing_object()
    {
        await using var server = await S3Server.StartStandInAsync();
        var options = server.Options();
        options.Bucket = "nobodys-bucket";
        using var bench = new S3Bench(options);

        AssertTransient(bench.Store.SizeAsync("a", default));
        AssertTransient(bench.Store.CheckAsync(default));

        Assert.That(bench.Log.Entries.Select(e => e.Message), Has.Some.Contain("NoSuchBucket"));
    }

    [Test]
    public async Task A_bucket_that_goes_away_is_not_taken_for_missing_objects_either()
    {
        var isThere = true;
        _server.On("aidub-objects/a", context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        _server.On("aidub-objects/", context =>
        {
            context.Response.StatusCode = isThere ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            return context.Response.WriteAsync(
                isThere ? "<ListBucketResult/>" : "<Error><Code>NoSuchBucket</Code><Message>No.</Message></Error>");
        });
        using var bench = Bench();
        Assert.That(await bench.Store.SizeAsync("a", default), Is.Null);

        isThere = false;

        AssertTransient(bench.Store.SizeAsync("a", default));
    }

    [Test]
    public async Task A_body_that_does_not_have_its_checksum_is_refused()
    {
        Serve("good", Crc32Of123456789);
        Serve("bad", "AAAAAA==");
        using var bench = Bench(checksums: S3Checksums.Always);

        var path = await bench.Store.MaterializeAsync("good", _data.Root, default);
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("123456789"));
        File.Delete(path);
        AssertTransient(bench.Store.MaterializeAsync("bad", _data.Root, default));
    }

    [TestCase(S3Checksums.Always, true)]
    [TestCase(S3Checksums.Auto, false)]
    [TestCase(S3Checksums.WhenRequired, false)]
    public async Task A_put_carries_a_checksum_where_the_options_say_so(S3Checksums checksums, bool carries)
    {
        List<string> names = [];
        _server.On("aidub-objects/work/a", async context =>
        {
            context.Response.Headers.ETag = "\"9dd4e461268c8034f5c8564e155c67a6\"";
            names.AddRange(context.Request.Headers.Select(h => h.Key.ToLowerInvariant()));
            names.AddRange(context.Request.Headers["x-amz-trailer"].Select(t => t ?? ""));
            await context.Request.Body.CopyToAsync(Stream.Null);
        });
        using var bench = Bench(checksums: checksums);

        await bench.Store.PutAsync("work/a", _data.Write("a", "x"), "text/plain", default);

        Assert.That(names.Any(n => n.StartsWith("x-amz-checksum-", StringComparison.Ordinal)), Is.EqualTo(carries));
    }

    [TestCase(400, "MissingContentMD5")]
    [TestCase(501, "NotImplemented")]
    public async Task Of_a_server_that_deletes_nothing_together_it_is_asked_once(int status, string code)
    {
        Answer("", status, code);
        foreach (var key in (string[])["a", "b"])
            _server.On("aidub-objects/" + key, _ => Task.CompletedTask);
        using var bench = Bench();

        await bench.Store.DeleteAsync(["a", "b"], default);
        await bench.Store.DeleteAsync(["b", "a"], default);

        Assert.That(
            _server.Requests.Select(target => target.Split('?')[0]),
            Is.EqualTo(new[] { "/aidub-objects/", "/aidub-objects/a", "/aidub-objects/b", "/aidub-objects/b", "/aidub-objects/a" }));
    }

    [Test]
    public void Of_objects_that_are_deleted_together_one_that_stays_is_told()
    {
        _server.On("aidub-objects/", context => context.Response.WriteAsync(
            "<DeleteResult><Error><Key>b</Key><Code>InternalError</Code><Message>No.</Message></Error></DeleteResult>"));
        Answer("b", 503, "SlowDown");
        using var bench = Bench();

        AssertTransient(bench.Store.DeleteAsync(["a", "b"], default));
    }

    [Test]
    public void A_connection_that_is_reset_is_transient()
    {
        _server.On("aidub-objects/a", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", _data.Root, default));
    }

    [Test]
    public void A_local_file_that_cannot_be_written_is_not_blamed_on_the_store()
    {
        Serve("a", Crc32Of123456789);
        using var bench = Bench();

        Assert.That(
            async () => await bench.Store.MaterializeAsync("a", Path.Combine(_data.Root, "nowhere"), default),
            Throws.InstanceOf<IOException>().And.Not.InstanceOf<TransientDubException>());
    }

    [Test]
    public void A_body_that_is_cut_off_is_refused()
    {
        _server.On("aidub-objects/a", async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("only this");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", _data.Root, default));
    }

    [Test]
    public void A_server_that_takes_requests_and_says_nothing_is_found_to_be_away_long_before_a_large_part_would_be()
    {
        foreach (var key in (string[])["", "a", "b"])
            _server.On("aidub-objects/" + key, context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var bench = Bench();

        var asked = (Task[])
        [
            bench.Store.SizeAsync("a", default),
            bench.Store.ListAsync("a", default),
            bench.Store.DeleteAsync("a", default),
            bench.Store.DeleteAsync(["a", "b"], default),
            bench.Store.MaterializeAsync("a", _data.Root, default),
            bench.Store.PutAsync("b", _data.Write("a", "x"), "text/plain", default),
        ];

        foreach (var one in asked)
        {
            var error = Assert.ThrowsAsync<TransientDubException>(() => one.WaitAsync(TimeSpan.FromMinutes(2)));
            Assert.That(error.Outage, Is.EqualTo(new Outage(Dependency.Objects)));
        }
    }

    [Test]
    public void A_body_that_stands_still_is_given_up()
    {
        _server.On("aidub-objects/a", async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("only this");
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", _data.Root, default));
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_download_that_is_cancelled_leaves_no_file_and_is_no_fault(CancellationToken test)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(test);
        _server.On("aidub-objects/a", async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("only this");
            await context.Response.Body.FlushAsync();
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var bench = Bench();

        Assert.That(
            async () => await bench.Store.MaterializeAsync("a", _data.Root, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.EnumerateFiles(_data.Root), Is.Empty);
    }

    private void Serve(string key, string crc32) => _server.On("aidub-objects/" + key, context =>
    {
        context.Response.Headers["x-amz-checksum-crc32"] = crc32;
        context.Response.Headers["x-amz-checksum-type"] = "FULL_OBJECT";
        context.Response.ContentLength = 9;
        return context.Response.WriteAsync("123456789");
    });

    private void Answer(string key, int status, string code) => _server.On("aidub-objects/" + key, context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync($"<Error><Code>{code}</Code><Message>No.</Message></Error>");
    });

    private void AssertTransient(Task asked)
    {
        var error = Assert.ThrowsAsync<TransientDubException>(() => asked);
        Assert.That(error.Message, Does.Not.Contain("127.0.0.1").And.Not.Contain("aidub-objects").And.Not.Contain("/"));
        Assert.That(Directory.EnumerateFiles(_data.Root).Where(f => Path.GetFileName(f) != "a"), Is.Empty);
    }

    private S3Bench Bench(string? url = null, S3Checksums checksums = S3Checksums.Auto) => new(new S3Options
    {
        ServiceUrl = url ?? $"http://127.0.0.1:{_server.Port}",
        Bucket = "aidub-objects",
        AccessKey = "AKIAEXAMPLE",
        SecretKey = "s3cr3t",
        Checksums = checksums,
        IdleTimeoutSeconds = 1,
    });
}
