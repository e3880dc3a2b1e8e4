using AiDub.Tests.EndToEnd;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Jobs.Storage.S3;

/// <summary>Servers that fail, refuse or lie, over the wire.</summary>
public sealed class S3FaultTests : S3FaultFixture
{
    [TestCase(500, "InternalError")]
    [TestCase(503, "SlowDown")]
    public void A_server_that_fails_or_throttles_is_transient(int status, string code)
    {
        Answer("a", status, code);
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", Data.Root, default));
        Assert.That(bench.Log.Entries.Where(e => e.Level >= LogLevel.Error), Is.Empty);
    }

    [TestCase(403, "AccessDenied")]
    [TestCase(403, "InvalidAccessKeyId")]
    [TestCase(404, "NoSuchBucket")]
    public void What_only_an_operator_can_put_right_is_transient_and_said_in_the_log(int status, string code)
    {
        Answer("a", status, code);
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", Data.Root, default));

        var said = bench.Log.Entries.Single(e => e.Level == LogLevel.Error).Message;
        Assert.That(said, Does.Contain(code).And.Contain("Objects:S3").And.Not.Contain("s3cr3t"));
    }

    [TestCase(403, "RequestTimeTooSkewed", "clock")]
    [TestCase(400, "ExpiredToken", "credentials")]
    public void What_else_an_operator_has_to_put_right_is_named(int status, string code, string what)
    {
        Answer("a", status, code);
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", Data.Root, default));

        Assert.That(
            bench.Log.Entries.Single(e => e.Level == LogLevel.Error).Message, Does.Contain(code).And.Contain(what));
    }

    [Test]
    public void A_server_that_redirects_to_another_is_said_in_the_log_to_be_the_wrong_one()
    {
        Server.On("aidub-objects/a", context =>
        {
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = "http://127.0.0.1:9/aidub-objects/a";
            return Task.CompletedTask;
        });
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", Data.Root, default));

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
        AssertTransient(bench.Store.PutAsync("a", Data.Write("a", "x"), "text/plain", default));
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
        Server.On("aidub-objects/a", context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        Server.On("aidub-objects/", context =>
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

    [TestCase(400, "MissingContentMD5")]
    [TestCase(501, "NotImplemented")]
    public async Task Of_a_server_that_deletes_nothing_together_it_is_asked_once(int status, string code)
    {
        Answer("", status, code);
        foreach (var key in (string[])["a", "b"])
            Server.On("aidub-objects/" + key, _ => Task.CompletedTask);
        using var bench = Bench();

        await bench.Store.DeleteAsync(["a", "b"], default);
        await bench.Store.DeleteAsync(["b", "a"], default);

        Assert.That(
            Server.Requests.Select(target => target.Split('?')[0]),
            Is.EqualTo(new[] { "/aidub-objects/", "/aidub-objects/a", "/aidub-objects/b", "/aidub-objects/b", "/aidub-objects/a" }));
    }

    [Test]
    public void Of_objects_that_are_deleted_together_one_that_stays_is_told()
    {
        Server.On("aidub-objects/", context => context.Response.WriteAsync(
            "<DeleteResult><Error><Key>b</Key><Code>InternalError</Code><Message>No.</Message></Error></DeleteResult>"));
        Answer("b", 503, "SlowDown");
        using var bench = Bench();

        AssertTransient(bench.Store.DeleteAsync(["a", "b"], default));
    }
}
