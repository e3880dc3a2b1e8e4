using AiDub.Domain.Errors;
using AiDub.Jobs.Storage.S3;
using Microsoft.AspNetCore.Http;

namespace AiDub.Tests.Jobs.Storage.S3;

/// <summary>Bodies and connections that break off, stand still or are not what was sent.</summary>
public sealed class S3BodyFaultTests : S3FaultFixture
{
    [Test]
    public async Task A_body_that_does_not_have_its_checksum_is_refused()
    {
        Serve("good", Crc32Of123456789);
        Serve("bad", "AAAAAA==");
        using var bench = Bench(checksums: S3Checksums.Always);

        var path = await bench.Store.MaterializeAsync("good", Data.Root, default);
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("123456789"));
        File.Delete(path);
        AssertTransient(bench.Store.MaterializeAsync("bad", Data.Root, default));
    }

    [TestCase(S3Checksums.Always, true)]
    [TestCase(S3Checksums.Auto, false)]
    [TestCase(S3Checksums.WhenRequired, false)]
    public async Task A_put_carries_a_checksum_where_the_options_say_so(S3Checksums checksums, bool carries)
    {
        List<string> names = [];
        Server.On("aidub-objects/work/a", async context =>
        {
            context.Response.Headers.ETag = "\"9dd4e461268c8034f5c8564e155c67a6\"";
            names.AddRange(context.Request.Headers.Select(h => h.Key.ToLowerInvariant()));
            names.AddRange(context.Request.Headers["x-amz-trailer"].Select(t => t ?? ""));
            await context.Request.Body.CopyToAsync(Stream.Null);
        });
        using var bench = Bench(checksums: checksums);

        await bench.Store.PutAsync("work/a", Data.Write("a", "x"), "text/plain", default);

        Assert.That(names.Any(n => n.StartsWith("x-amz-checksum-", StringComparison.Ordinal)), Is.EqualTo(carries));
    }

    [Test]
    public void A_connection_that_is_reset_is_transient()
    {
        Server.On("aidub-objects/a", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", Data.Root, default));
    }

    [Test]
    public void A_local_file_that_cannot_be_written_is_not_blamed_on_the_store()
    {
        Serve("a", Crc32Of123456789);
        using var bench = Bench();

        Assert.That(
            async () => await bench.Store.MaterializeAsync("a", Path.Combine(Data.Root, "nowhere"), default),
            Throws.InstanceOf<IOException>().And.Not.InstanceOf<TransientDubException>());
    }

    [Test]
    public void A_body_that_is_cut_off_is_refused()
    {
        Server.On("aidub-objects/a", async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("only this");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", Data.Root, default));
    }

    [Test]
    public void A_server_that_takes_requests_and_says_nothing_is_found_to_be_away_long_before_a_large_part_would_be()
    {
        foreach (var key in (string[])["", "a", "b"])
            Server.On("aidub-objects/" + key, context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var bench = Bench();

        var asked = (Task[])
        [
            bench.Store.SizeAsync("a", default),
            bench.Store.ListAsync("a", default),
            bench.Store.DeleteAsync("a", default),
            bench.Store.DeleteAsync(["a", "b"], default),
            bench.Store.MaterializeAsync("a", Data.Root, default),
            bench.Store.PutAsync("b", Data.Write("a", "x"), "text/plain", default),
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
        Server.On("aidub-objects/a", async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("only this");
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var bench = Bench();

        AssertTransient(bench.Store.MaterializeAsync("a", Data.Root, default));
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_download_that_is_cancelled_leaves_no_file_and_is_no_fault(CancellationToken test)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(test);
        Server.On("aidub-objects/a", async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("only this");
            await context.Response.Body.FlushAsync();
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var bench = Bench();

        Assert.That(
            async () => await bench.Store.MaterializeAsync("a", Data.Root, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.EnumerateFiles(Data.Root), Is.Empty);
    }
}
