using System.Net;
using System.Text.Json;
using AiDub.Tests.Api.Events;

namespace AiDub.Tests.EndToEnd;

/// <summary>Whoever follows a real dub: a listener of its events, and a receiver of its callback whose sender is killed.</summary>
[TestFixture]
public sealed class NotifiedDubTests
{
    [Test]
    [Category("Long")]
    public async Task A_dub_tells_its_listener_every_stage_and_its_receiver_the_end_though_the_service_is_killed_before()
    {
        await using var clips = await ClipServer.StartAsync();
        var (received, called, answers) = (new List<(string Body, string EventId)>(), new TaskCompletionSource(), false);
        var hook = clips.On("hook", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            lock (received)
                received.Add((body, $"{context.Request.Headers["AiDub-Event-Id"]}"));
            called.TrySetResult();
            if (!Volatile.Read(ref answers))
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var server = new DubServer(
            ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}"),
            ("Callbacks__SigningKey", "0123456789abcdef0123456789abcdef"),
            ("Callbacks__TimeoutSeconds", "2"),
            ("Callbacks__LeaseSeconds", "3"),
            ("Dubbing__HeartbeatSeconds", "0.2"),
            ("Events__PollSeconds", "0.1"));
        await server.StartAsync();
        var clip = Path.Combine(server.DataFolder, "clip.mp4");
        await Tool.FfmpegAsync("-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-t", "14", "-c", "copy", clip);
        var id = await SubmitAsync(server, clips.Serve(clip), hook);

        using var client = new HttpClient { BaseAddress = server.BaseAddress };
        var seen = await FollowAsync(client, id);
        await called.Task.WaitAsync(TimeSpan.FromMinutes(4));
        await server.KillAsync();
        Volatile.Write(ref answers, true);
        await server.StartAsync();
        await DubServer.UntilAsync("the receiver is told", async () => await StateAsync(client, id) == "delivered");

        Assert.That(seen.Select(e => e.Id), Is.Ordered.And.Unique);
        Assert.That(seen[^1].Name, Is.EqualTo("complete"));
        var running = seen.SkipLast(1).Select(e => e.Data).ToList();
        Assert.That(running.Select(e => e.GetProperty("percent").GetInt32()), Is.Ordered);
        Assert.That(
            running.Any(e => e.TryGetProperty("eta_seconds", out var eta) && eta.GetInt32() > 0),
            Is.True,
            "the time left was known for a while");
        Assert.That(received, Has.Count.GreaterThanOrEqualTo(2));
        Assert.That(received.Select(r => r.EventId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(JsonElement.Parse(received[^1].Body).GetProperty("event").GetString(), Is.EqualTo("dub.complete"));
        Assert.That((await server.PollAsync(id)).Body.TryGetProperty("result_url", out _), Is.True, "a poll still delivers");
    }

    private static async Task<Guid> SubmitAsync(DubServer server, Uri video, Uri hook)
    {
        var (status, body) = await server.PostAsync(
            "/ai_dub",
            new
            {
                source_video_url = video.OriginalString,
                user_id = 51,
                project_id = "ryan",
                to_lang = "es",
                callback_url = hook.OriginalString,
            });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        return body.GetProperty("request_id").GetGuid();
    }

    private static async Task<List<StreamedEvent>> FollowAsync(HttpClient client, Guid id)
    {
        var seen = new List<StreamedEvent>();
        using var events = await StreamedEvents.OpenAsync(client, id);
        while (await events.NextAsync() is { } next)
            seen.Add(next);
        return seen;
    }

    private static async Task<string?> StateAsync(HttpClient client, Guid id)
    {
        var answer = await client.GetStringAsync($"/ai_dub/{id}/callbacks?user_id=51");
        return JsonElement.Parse(answer).GetProperty("state").GetString();
    }
}
