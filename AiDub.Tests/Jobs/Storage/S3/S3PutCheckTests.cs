using AiDub.Domain.Errors;
using AiDub.Tests.EndToEnd;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Jobs.Storage.S3;

/// <summary>
/// What took an object and is asked for it then: something that is no object store, as a network's login page or a web server at a wrong
/// address, and object stores that are odd.
/// </summary>
[TestFixture]
public sealed class S3PutCheckTests
{
    private const string Content = "123456789";
    private const string Tag = "\"25f9e794323b453885f5181f1b624d0b\"";
    private const string LoginPage = "<html>Log in to this network.</html>";

    private ClipServer _server = null!;
    private TestData _data = null!;
    private S3Bench _bench = null!;

    [SetUp]
    public async Task Start()
    {
        _server = await ClipServer.StartAsync();
        _data = new TestData();
        _bench = S3Bench.At(_server);
    }

    [TearDown]
    public async Task Stop()
    {
        _bench.Dispose();
        _data.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase(StatusCodes.Status200OK, LoginPage)]
    [TestCase(StatusCodes.Status404NotFound, "")]
    public void What_takes_an_object_and_does_not_have_it_then_is_a_fault_that_is_tried_again_and_said(int status, string page)
    {
        Answer("results/dubbed.mp4", null, _ => (status, page.Length));
        var path = _data.Write("dubbed.mp4", Content);

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
        _server.On("aidub-objects/", context => context.Response.WriteAsync("<ListBucketResult/>"));
        Answer("health/probe", null, _ => (StatusCodes.Status200OK, LoginPage.Length));

        Assert.ThrowsAsync<TransientDubException>(() => _bench.Store.ProbeAsync(default));
    }

    [Test]
    public async Task What_a_dub_makes_on_the_way_is_believed_to_be_there_by_its_tag()
    {
        Answer("work/a.json", Tag, _ => (StatusCodes.Status404NotFound, 0));

        await _bench.Store.PutAsync("work/a.json", _data.Write("a.json", Content), "application/json", default);

        Assert.That(_server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_result_is_not_believed_to_be_there_by_its_tag()
    {
        Answer("results/dubbed.mp4", Tag, _ => (StatusCodes.Status404NotFound, 0));

        Assert.ThrowsAsync<TransientDubException>(PutResultAsync);
    }

    [Test]
    public async Task What_has_the_object_then_is_an_object_store()
    {
        Answer("results/dubbed.mp4", null, _ => (StatusCodes.Status200OK, Content.Length));

        await PutResultAsync();

        Assert.That(File.Exists(Path.Combine(_data.Root, "dubbed.mp4")), Is.False);
        Assert.That(_server.Requests, Has.Count.EqualTo(2), "it costs one request");
    }

    [TestCase(StatusCodes.Status200OK, TestName = "No length")]
    [TestCase(StatusCodes.Status403Forbidden, TestName = "No HEAD for this key")]
    [TestCase(StatusCodes.Status405MethodNotAllowed, TestName = "No HEAD at all")]
    [TestCase(StatusCodes.Status501NotImplemented, TestName = "No HEAD yet")]
    public async Task A_store_that_names_a_tag_and_does_not_say_how_large_the_object_is_is_believed(int status)
    {
        foreach (var key in new[] { "results/dubbed.mp4", "health/probe" })
            Answer(key, Tag, _ => (status, null));

        await PutResultAsync();
        await _bench.Store.ProbeAsync(default);

        Assert.That(_bench.Log.Entries.Where(e => e.Level >= LogLevel.Warning), Is.Empty);
    }

    [TestCase(StatusCodes.Status404NotFound, TestName = "An object that is not seen at once")]
    [TestCase(StatusCodes.Status200OK, TestName = "The object before it, that is seen for a moment")]
    public async Task A_store_that_names_a_tag_and_shows_the_object_a_little_later_is_waited_for(int atFirst)
    {
        Answer("results/dubbed.mp4", Tag, look => look < 2 ? (atFirst, 5) : (StatusCodes.Status200OK, Content.Length));

        await PutResultAsync();

        Assert.That(_server.Requests, Has.Count.EqualTo(4));
    }

    [Test]
    public void A_store_that_keeps_showing_something_else_is_a_fault()
    {
        Answer("results/dubbed.mp4", Tag, _ => (StatusCodes.Status200OK, 5));

        Assert.ThrowsAsync<TransientDubException>(PutResultAsync);
    }

    private Task PutResultAsync() =>
        _bench.Store.PutAsync("results/dubbed.mp4", _data.Write("dubbed.mp4", Content), "video/mp4", default);

    // Takes a put, with a tag or without one; what a HEAD is answered, by how many were before it.
    private void Answer(string key, string? tag, Func<int, (int Status, int? Length)> look)
    {
        var looks = 0;
        _server.On($"aidub-objects/{key}", async context =>
        {
            if (context.Request.Method == "HEAD")
            {
                (context.Response.StatusCode, context.Response.ContentLength) = look(looks++);
                return;
            }
            if (tag is not null)
                context.Response.Headers.ETag = tag;
            await context.Request.Body.CopyToAsync(Stream.Null);
        });
    }
}
