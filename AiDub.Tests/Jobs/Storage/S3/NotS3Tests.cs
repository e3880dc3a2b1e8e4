using AiDub.Domain.Errors;
using AiDub.Jobs.Storage.S3;
using AiDub.Tests.EndToEnd;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Jobs.Storage.S3;

/// <summary>What answers in place of an object store, as a network's login page or a web server at a wrong address.</summary>
[TestFixture]
public sealed class NotS3Tests
{
    private ClipServer _server = null!;
    private TestData _data = null!;
    private S3Bench _bench = null!;

    [SetUp]
    public async Task Start()
    {
        _server = await ClipServer.StartAsync();
        _data = new TestData();
        _server.On("aidub-objects/", context => context.Response.WriteAsync("<ListBucketResult/>"));
        _bench = new S3Bench(new S3Options
        {
            Bucket = "aidub-objects",
            ServiceUrl = $"http://127.0.0.1:{_server.Port}",
            AccessKey = "key",
            SecretKey = "s3cr3t",
        });
    }

    [TearDown]
    public async Task Stop()
    {
        _bench.Dispose();
        _data.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase(StatusCodes.Status200OK, "<html>Log in to this network.</html>")]
    [TestCase(StatusCodes.Status404NotFound, "")]
    public void What_takes_an_object_and_does_not_have_it_then_is_a_fault_that_is_tried_again_and_said(int status, string page)
    {
        Answer("results/dubbed.mp4", status, page);
        var path = _data.Write("dubbed.mp4", "123456789");

        var error = Assert.ThrowsAsync<TransientDubException>(
            () => _bench.Store.PutAsync("results/dubbed.mp4", path, "video/mp4", default));

        Assert.That(error.Outage, Is.Null, "it is reached: it is not waited for");
        Assert.That(File.Exists(path), Is.True, "what is not stored is kept");
        Assert.That(
            _bench.Log.Entries.Single(e => e.Level == LogLevel.Error).Message, Does.Contain("Objects:S3").And.Not.Contain("s3cr3t"));
    }

    [Test]
    public void Nothing_is_ready_that_answers_a_probe_and_does_not_have_it_then()
    {
        Answer("health/probe", StatusCodes.Status200OK, "<html>Log in to this network.</html>");

        Assert.ThrowsAsync<TransientDubException>(() => _bench.Store.ProbeAsync(default));
    }

    [Test]
    public async Task What_a_dub_makes_on_the_way_is_believed_to_be_there_by_its_tag()
    {
        Answer("work/a.json", StatusCodes.Status404NotFound, "", tag: "\"25f9e794323b453885f5181f1b624d0b\"");

        await _bench.Store.PutAsync("work/a.json", _data.Write("a.json", "123456789"), "application/json", default);

        Assert.That(_server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_result_is_not_believed_to_be_there_by_its_tag()
    {
        Answer("results/dubbed.mp4", StatusCodes.Status404NotFound, "", tag: "\"25f9e794323b453885f5181f1b624d0b\"");

        Assert.ThrowsAsync<TransientDubException>(
            () => _bench.Store.PutAsync("results/dubbed.mp4", _data.Write("dubbed.mp4", "123456789"), "video/mp4", default));
    }

    [Test]
    public async Task What_has_the_object_then_is_an_object_store()
    {
        Answer("results/dubbed.mp4", StatusCodes.Status200OK, "987654321");
        var path = _data.Write("dubbed.mp4", "123456789");

        await _bench.Store.PutAsync("results/dubbed.mp4", path, "video/mp4", default);

        Assert.That(File.Exists(path), Is.False);
        Assert.That(_server.Requests, Has.Count.EqualTo(2), "it costs one request");
    }

    private void Answer(string key, int status, string page, string? tag = null) => _server.On($"aidub-objects/{key}", async context =>
    {
        if (context.Request.Method == "PUT")
        {
            if (tag is not null)
                context.Response.Headers.ETag = tag;
            await context.Request.Body.CopyToAsync(Stream.Null);
            return;
        }
        context.Response.StatusCode = status;
        context.Response.ContentLength = page.Length;
        if (context.Request.Method == "GET")
            await context.Response.WriteAsync(page);
    });
}
