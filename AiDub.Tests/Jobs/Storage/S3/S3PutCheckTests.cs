using AiDub.Domain.Errors;
using AiDub.Jobs.Storage.S3;
using AiDub.Tests.EndToEnd;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Jobs.Storage.S3;

/// <summary>Object stores that name the tag of what they took, and are odd when they are asked for it.</summary>
[TestFixture]
public sealed class S3PutCheckTests
{
    private const string Content = "123456789";

    private ClipServer _server = null!;
    private TestData _data = null!;
    private S3Bench _bench = null!;

    [SetUp]
    public async Task Start()
    {
        _server = await ClipServer.StartAsync();
        _data = new TestData();
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

    [TestCase(StatusCodes.Status200OK, TestName = "No length")]
    [TestCase(StatusCodes.Status403Forbidden, TestName = "No HEAD for this key")]
    [TestCase(StatusCodes.Status405MethodNotAllowed, TestName = "No HEAD at all")]
    [TestCase(StatusCodes.Status501NotImplemented, TestName = "No HEAD yet")]
    public async Task A_store_that_names_a_tag_and_does_not_say_how_large_the_object_is_is_believed(int status)
    {
        foreach (var key in new[] { "results/dubbed.mp4", "health/probe" })
            Answer(key, _ => (status, null));

        await PutAsync();
        await _bench.Store.ProbeAsync(default);

        Assert.That(_bench.Log.Entries.Where(e => e.Level >= LogLevel.Warning), Is.Empty);
    }

    [TestCase(StatusCodes.Status404NotFound, TestName = "An object that is not seen at once")]
    [TestCase(StatusCodes.Status200OK, TestName = "The object before it, that is seen for a moment")]
    public async Task A_store_that_names_a_tag_and_shows_the_object_a_little_later_is_waited_for(int atFirst)
    {
        Answer("results/dubbed.mp4", look => look < 2 ? (atFirst, 5) : (StatusCodes.Status200OK, Content.Length));

        await PutAsync();

        Assert.That(_server.Requests, Has.Count.EqualTo(4));
    }

    [Test]
    public void A_store_that_keeps_showing_something_else_is_a_fault()
    {
        Answer("results/dubbed.mp4", _ => (StatusCodes.Status200OK, 5));

        Assert.ThrowsAsync<TransientDubException>(PutAsync);
    }

    private Task PutAsync() => _bench.Store.PutAsync("results/dubbed.mp4", _data.Write("dubbed.mp4", Content), "video/mp4", default);

    // What a HEAD is answered, by how many were before it.
    private void Answer(string key, Func<int, (int Status, int? Length)> look)
    {
        var looks = 0;
        _server.On($"aidub-objects/{key}", async context =>
        {
            if (context.Request.Method == "HEAD")
            {
                (context.Response.StatusCode, context.Response.ContentLength) = look(looks++);
                return;
            }
            context.Response.Headers.ETag = "\"25f9e794323b453885f5181f1b624d0b\"";
            await context.Request.Body.CopyToAsync(Stream.Null);
        });
    }
}
