using AiDub.Api.Events;
using AiDub.Domain.Dubbing;
using AiDub.Tests.Api.Fakes;
using AiDub.Tests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Tests.Api.Events;

public sealed class EventStreamTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 5, 0, TimeSpan.Zero);

    private ApiHost _api = null!;

    private StreamSlots Slots => _api.Services.GetRequiredService<StreamSlots>();

    private int Open => Slots.TakenBy(SampleDubs.User) + Feeds.Count;

    private DubFeeds Feeds => _api.Services.GetRequiredService<DubFeeds>();

    [OneTimeSetUp]
    public void Start() => _api = Host();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public async Task ResetAsync()
    {
        _api.Reset();
        await DubServer.UntilAsync(
            "the streams of the last test are closed", () => Task.FromResult(Open == 0));
    }

    [Test]
    public async Task A_listener_is_told_the_state_then_every_change_and_then_the_final_response()
    {
        var dub = Put(SampleDubs.At(DubStage.Speaking, 60));
        using var events = await StreamedEvents.OpenAsync(_api.Client, dub.RequestId);

        var first = (await events.NextAsync())!;
        dub = Put(
            dub.Apply(
                new DubTransition.Advance(DubStage.Speaking, 70) { Activity = new DubActivity { Step = "speak", EtaSeconds = 9 } }, Now));
        var second = (await events.NextAsync())!;
        Put(
            dub.Apply(new DubTransition.Advance(DubStage.Rendering, 80), Now)
                .Apply(new DubTransition.Finish(Samples.Response(), Now), Now));
        var last = (await events.NextAsync())!;

        Assert.That(new[] { first, second, last }.Select(e => e.Name), Is.EqualTo(["progress", "progress", "complete"]));
        Assert.That(new[] { first, second, last }.Select(e => e.Id), Is.Ordered.And.Unique);
        Assert.That((first.Data.Text("stage"), first.Data.GetProperty("percent").GetInt32()), Is.EqualTo(("speaking", 60)));
        Assert.That((second.Data.Text("step"), second.Data.GetProperty("eta_seconds").GetInt32()), Is.EqualTo(("speak", 9)));
        Assert.That(last.Data.Text("result_url"), Does.StartWith(_api.Client.BaseAddress!.AbsoluteUri));
        Assert.That(await events.NextAsync(), Is.Null, "the stream ends");
    }

    [Test]
    public async Task The_stream_is_told_to_nobody_between_as_one_that_must_not_be_held_back()
    {
        using var events = await StreamedEvents.OpenAsync(_api.Client, Put(SampleDubs.Accepted()).RequestId);

        Assert.That(events.Answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/event-stream; charset=utf-8"));
        Assert.That(
            events.Answer.Headers.CacheControl?.ToString(), Is.EqualTo("no-transform, no-cache").Or.EqualTo("no-cache, no-transform"));
        Assert.That(events.Answer.Headers.GetValues("X-Accel-Buffering"), Is.EqualTo(["no"]));
    }

    [Test]
    public async Task The_final_event_deletes_nothing_and_a_poll_still_delivers()
    {
        var dub = Put(SampleDubs.Complete());

        for (var i = 0; i < 2; i++)
        {
            using var events = await StreamedEvents.OpenAsync(_api.Client, dub.RequestId);
            Assert.That((await events.NextAsync())!.Name, Is.EqualTo("complete"));
        }

        Assert.That(_api.Progress.All, Is.EqualTo([dub]));
        await (await _api.PostAsync("/ai_dub/progress", $$"""{"user_id":51,"request_id":"{{dub.RequestId}}"}""")).ReadAsync(200);
    }

    [Test]
    public async Task A_dub_that_a_poll_delivered_is_answered_from_its_record_to_listeners_of_before_and_after()
    {
        var dub = Put(SampleDubs.At(DubStage.Rendering, 99));
        using var before = await StreamedEvents.OpenAsync(_api.Client, dub.RequestId);
        var progress = (await before.NextAsync())!;

        // Finished at a moment before the last progress was told, as when a heartbeat comes between.
        _api.Dubs.Records[dub.RequestId] = new DubRecord
        {
            Order = dub.Order,
            Response = Samples.Response(),
            CreatedAt = Now,
            FinishedAt = Now.AddDays(-1),
        };
        await _api.Progress.RemoveAsync(dub.RequestId, default);

        using var after = await StreamedEvents.OpenAsync(_api.Client, dub.RequestId, progress.Id);
        foreach (var events in new[] { before, after })
        {
            var complete = (await events.NextAsync())!;
            Assert.That((complete.Name, complete.Id > progress.Id), Is.EqualTo(("complete", true)));
            Assert.That((int)(await StreamedEvents.AskAsync(_api.Client, dub.RequestId, complete.Id)).StatusCode, Is.EqualTo(204));
        }
    }

    [Test]
    public async Task A_failed_dub_tells_its_error_and_ends_the_stream()
    {
        using var events = await StreamedEvents.OpenAsync(
            _api.Client, Put(SampleDubs.Failed("media_unreadable", "The file is no video.")).RequestId);

        var failed = (await events.NextAsync())!;

        Assert.That(
            (failed.Name, failed.Data.Text("msg_code"), failed.Data.Text("error_code")),
            Is.EqualTo(("failed", "Progress API Error", "media_unreadable")));
        Assert.That(await events.NextAsync(), Is.Null);
    }

    [Test]
    public async Task A_client_that_comes_back_is_not_told_again_what_it_has_seen()
    {
        var dub = Put(SampleDubs.At(DubStage.Speaking, 60));
        long seen;
        using (var events = await StreamedEvents.OpenAsync(_api.Client, dub.RequestId))
            seen = (await events.NextAsync())!.Id;

        using var again = await StreamedEvents.OpenAsync(_api.Client, dub.RequestId, seen);
        Put(dub.Apply(new DubTransition.Advance(DubStage.Speaking, 71), Now));

        Assert.That((await again.NextAsync())!.Data.GetProperty("percent").GetInt32(), Is.EqualTo(71));
    }

    [Test]
    public async Task A_client_that_comes_back_late_is_told_the_last_state_and_one_that_saw_the_end_is_told_to_stop()
    {
        var dub = SampleDubs.At(DubStage.Rendering, 90);
        var complete = Put(dub.Apply(new DubTransition.Finish(Samples.Response(), Now), Now));

        using var events = await StreamedEvents.OpenAsync(_api.Client, dub.RequestId, dub.Version * 2);
        var last = (await events.NextAsync())!;

        Assert.That(last.Name, Is.EqualTo("complete"));
        Assert.That((int)(await StreamedEvents.AskAsync(_api.Client, complete.RequestId, last.Id)).StatusCode, Is.EqualTo(204));
    }

    [Test]
    public async Task A_dub_of_another_user_is_not_found_in_the_same_words_as_an_unknown_one()
    {
        var theirs = await (await StreamedEvents.AskAsync(_api.Client, Put(SampleDubs.Accepted()).RequestId, user: 52))
            .ReadErrorAsync(404, "dub_not_found");
        var unknown = await (await StreamedEvents.AskAsync(_api.Client, Guid.NewGuid())).ReadErrorAsync(404, "dub_not_found");
        var nonsense = await (await StreamedEvents.AskAsync(_api.Client, "no-uuid")).ReadErrorAsync(404, "dub_not_found");

        Assert.That(new[] { theirs, nonsense }.Select(e => e.GetRawText()), Is.All.EqualTo(unknown.GetRawText()));
    }

    [TestCase("", "user_id_missing")]
    [TestCase("abc", "user_id_invalid")]
    public async Task A_user_that_is_missing_or_no_number_is_refused(string user, string code) =>
        await (await StreamedEvents.AskAsync(_api.Client, Guid.NewGuid(), user: user)).ReadErrorAsync(400, code);

    [Test]
    public async Task However_many_listen_the_store_is_read_by_one_and_by_none_once_they_have_left()
    {
        var dub = Put(SampleDubs.At(DubStage.Speaking, 60));
        var listeners = new List<StreamedEvents>();
        for (var i = 0; i < 6; i++)
            listeners.Add(await StreamedEvents.OpenAsync(_api.Client, dub.RequestId));
        foreach (var listener in listeners)
            await listener.NextAsync();

        Assert.That(Feeds.Count, Is.EqualTo(1));
        var before = _api.Progress.Finds;
        Put(dub.Apply(new DubTransition.Advance(DubStage.Speaking, 71), Now));
        foreach (var listener in listeners)
            Assert.That((await listener.NextAsync())!.Data.GetProperty("percent").GetInt32(), Is.EqualTo(71));
        Assert.That(_api.Progress.Finds - before, Is.LessThan(5), "one reads for all six");

        listeners.ForEach(listener => listener.Dispose());
        await DubServer.UntilAsync("nobody reads any more", () => Task.FromResult(Open == 0));
    }

    [Test]
    public async Task A_user_may_have_so_many_streams_open_and_another_has_as_many()
    {
        var dub = Put(SampleDubs.Accepted());
        var open = new List<StreamedEvents>();
        for (var i = 0; i < 8; i++)
            open.Add(await StreamedEvents.OpenAsync(_api.Client, dub.RequestId));

        await (await StreamedEvents.AskAsync(_api.Client, dub.RequestId)).ReadErrorAsync(429, "too_many_streams");
        await (await StreamedEvents.AskAsync(_api.Client, dub.RequestId, user: 52)).ReadErrorAsync(404, "dub_not_found");

        open.ForEach(events => events.Dispose());
        await DubServer.UntilAsync("there is room again", async () =>
        {
            using var answer = await StreamedEvents.AskAsync(_api.Client, dub.RequestId);
            return (int)answer.StatusCode == 200;
        });
    }

    [Test]
    public async Task A_silent_stream_is_kept_open_by_comments()
    {
        using var events = await StreamedEvents.OpenAsync(_api.Client, Put(SampleDubs.Accepted()).RequestId);
        await events.NextAsync();

        Assert.That(
            (await events.LineAsync(), await events.LineAsync(), await events.LineAsync()),
            Is.EqualTo((": still here", "", ": still here")));
    }

    [Test]
    public async Task A_dub_that_is_deleted_ends_the_stream()
    {
        var dub = Put(SampleDubs.Accepted());
        using var events = await StreamedEvents.OpenAsync(_api.Client, dub.RequestId);
        await events.NextAsync();

        await _api.Progress.RemoveAsync(dub.RequestId, default);

        Assert.That(await events.NextAsync(), Is.Null);
    }

    [Test]
    public async Task A_store_that_does_not_answer_for_a_while_costs_nobody_the_stream()
    {
        var dub = Put(SampleDubs.At(DubStage.Speaking, 60));
        using var events = await StreamedEvents.OpenAsync(_api.Client, dub.RequestId);
        await events.NextAsync();
        _api.Progress.Fault = new IOException("cable");
        var before = _api.Progress.Finds;
        await DubServer.UntilAsync("the store was asked in vain", () => Task.FromResult(_api.Progress.Finds > before + 2));

        Put(dub.Apply(new DubTransition.Advance(DubStage.Speaking, 71), Now));
        _api.Progress.Fault = null;

        Assert.That((await events.NextAsync())!.Data.GetProperty("percent").GetInt32(), Is.EqualTo(71));
        Assert.That(
            _api.Log.Entries.Count(e => e.Message.Contains("could not be read for its listeners", StringComparison.Ordinal)),
            Is.EqualTo(1));
    }

    [Test]
    public async Task A_process_that_stops_ends_its_streams_at_once()
    {
        var host = Host();
        var dub = SampleDubs.Accepted();
        host.Progress.Put(dub);
        using var events = await StreamedEvents.OpenAsync(host.Client, dub.RequestId);
        await events.NextAsync();

        var stopping = host.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>();
        stopping.StopApplication();

        Assert.That(await events.NextAsync(), Is.Null);
        await host.DisposeAsync();
    }

    private static ApiHost Host() => new(builder => builder
        .UseSetting("Events:PollSeconds", "0.1").UseSetting("Events:HeartbeatSeconds", "0.4").UseSetting("Events:MaxStreamsPerUser", "8"));

    private DubProgress Put(DubProgress dub)
    {
        _api.Progress.Put(dub);
        return dub;
    }
}
