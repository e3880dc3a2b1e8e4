using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Dubs;

/// <summary>A user's dubs, a page at a time.</summary>
public sealed class DubListTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void StartApi() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [Test]
    public async Task Every_dub_is_listed_once_newest_first_whichever_store_knows_it()
    {
        var running = Put(0, SampleDubs.At(DubStage.Speaking, 70));
        var delivered = Put(1, SampleDubs.Complete(), isRecorded: true, isDelivered: true);
        var unread = Put(2, SampleDubs.Complete(), isRecorded: true);
        var failed = Put(3, SampleDubs.Failed("media_unreadable", "No video."));

        var page = await ListAsync("");

        Assert.That(Ids(page), Is.EqualTo(new[] { failed, unread, delivered, running }));
        Assert.That(
            page.GetProperty("dubs").EnumerateArray().Select(dub => dub.Text("state")),
            Is.EqualTo(new[] { "failed", "complete", "complete", "running" }));
        Assert.That(page.GetProperty("next_cursor").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(page.GetProperty("dubs")[1].Text("result_url"), Does.Contain("dubbed.mp4"));
    }

    [Test]
    public async Task A_listed_dub_is_what_reading_it_answers()
    {
        var ids = new[]
        {
            Put(0, SampleDubs.At(DubStage.Speaking, 70)),
            Put(1, SampleDubs.Complete(), isRecorded: true),
            Put(2, SampleDubs.Complete(), isRecorded: true, isDelivered: true),
        };

        foreach (var dub in (await ListAsync("")).GetProperty("dubs").EnumerateArray())
        {
            Assert.That(ids, Does.Contain(dub.GetProperty("request_id").GetGuid()));
            Assert.That(await _api.Client.GetStringAsync($"/ai_dub/{dub.Text("request_id")}?user_id=51"), Is.EqualTo(dub.GetRawText()));
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task A_dub_that_ends_or_is_delivered_or_deleted_between_two_pages_is_neither_lost_nor_doubled(int limit)
    {
        var dubs = Enumerable.Range(0, 6).Select(_ => SampleDubs.Complete()).ToList();
        var ids = dubs
            .Select((dub, i) => Put(i, i % 2 == 0 ? dub : SampleDubs.At(DubStage.Rendering, 90) with { Order = dub.Order }))
            .Reverse()
            .ToList();
        var (seen, cursor) = (new List<Guid>(), "");

        for (var ended = 5; cursor is not null; ended--)
        {
            var page = await ListAsync($"&limit={limit}{(cursor.Length == 0 ? "" : $"&cursor={cursor}")}");
            seen.AddRange(Ids(page));
            cursor = page.GetProperty("next_cursor").GetString();
            if (ended < 0)
                continue;
            // One that was seen, or is yet to be, or lies on the edge: complete, and every other one delivered.
            Put(ended, dubs[ended], isRecorded: true, isDelivered: ended % 2 == 0);
        }

        Assert.That(seen, Is.EqualTo(ids));
    }

    [Test]
    public async Task A_deleted_dub_is_not_listed_even_while_its_record_is_still_there()
    {
        foreach (var i in Enumerable.Range(0, 6))
        {
            var dub = SampleDubs.Complete();
            Put(i, dub, isRecorded: true, isDelivered: true);
            if (i is 1 or 2 or 3)
                _api.Progress.Put(
                    _api.Dubs.Records[dub.RequestId] is { } record
                        ? DubProgress.Accept(record.Order, record.CreatedAt).Apply(new DubTransition.Delete(Start), Start)
                        : dub);
        }

        var first = await ListAsync("&limit=2");
        var second = await ListAsync($"&limit=2&cursor={first.Text("next_cursor")}");

        Assert.That(Ids(first).Concat(Ids(second)), Has.Exactly(3).Items);
        Assert.That(second.GetProperty("next_cursor").GetString(), Is.Null);
    }

    [Test]
    public async Task Projects_and_states_pick_dubs_out()
    {
        var queued = Put(0, SampleDubs.Accepted());
        var running = Put(1, SampleDubs.At(DubStage.Speaking, 70));
        var complete = Put(2, SampleDubs.Complete(), isRecorded: true);
        var delivered = Put(3, SampleDubs.Complete(), isRecorded: true, isDelivered: true);
        var failed = Put(4, SampleDubs.Failed("media_unreadable", "No video."));
        // Its record is written, its document not complete yet.
        var ending = SampleDubs.Complete();
        var almost = Put(5, SampleDubs.At(DubStage.Rendering, 99) with { Order = ending.Order });
        _api.Dubs.Records[almost] = new DubRecord
        {
            Order = ending.Order,
            Response = ending.FinalResponse!,
            CreatedAt = Start.AddSeconds(5),
            FinishedAt = Start,
        };
        var other = SampleDubs.Accepted();
        Put(6, other with { Order = other.Order with { ProjectId = "other" } });

        Assert.That(Ids(await ListAsync("&project_id=ryan&state=queued")), Is.EqualTo(new[] { queued }));
        Assert.That(Ids(await ListAsync("&state=running")), Is.EqualTo(new[] { almost, running }));
        Assert.That(Ids(await ListAsync("&state=complete&limit=1")), Is.EqualTo(new[] { delivered }));
        Assert.That(Ids(await ListAsync("&state=complete")), Is.EqualTo(new[] { delivered, complete }));
        Assert.That(Ids(await ListAsync("&state=failed")), Is.EqualTo(new[] { failed }));
        Assert.That(Ids(await ListAsync("&project_id=other")), Is.EqualTo(new[] { other.RequestId }));
        Assert.That(Ids(await ListAsync("&project_id=none")), Is.Empty);
        Assert.That(
            (await (await _api.Client.GetAsync("/ai_dub?user_id=52")).ReadAsync(200)).GetProperty("dubs").GetArrayLength(), Is.Zero);
    }

    [TestCase("state=done", "state_invalid")]
    [TestCase("cursor=abc", "cursor_invalid")]
    [TestCase("limit=0", "limit_invalid")]
    [TestCase("limit=101", "limit_invalid")]
    [TestCase("limit=ten", "limit_invalid")]
    public async Task A_wrong_field_is_named(string query, string code)
    {
        var error = await (await _api.Client.GetAsync($"/ai_dub?user_id=51&{query}")).ReadErrorAsync(400, code);

        Assert.That(error.GetProperty("errors")[0].Text("field"), Is.EqualTo(query.Split('=')[0]));
    }

    [Test]
    public async Task Without_a_limit_a_page_holds_twenty()
    {
        foreach (var i in Enumerable.Range(0, 21))
            Put(i, SampleDubs.Accepted());

        Assert.That(Ids(await ListAsync("")), Has.Count.EqualTo(20));
        Assert.That(Ids(await ListAsync("&limit=100")), Has.Count.EqualTo(21));
    }

    [Test]
    public async Task However_many_batches_are_on_a_page_what_there_is_of_them_is_read_at_once()
    {
        var batches = Enumerable.Range(0, 4).Select(_ => new DubBatch(Guid.NewGuid(), [Guid.NewGuid(), Guid.NewGuid()])).ToList();
        foreach (var (place, batch) in batches.Index())
        {
            var dub = SampleDubs.Accepted();
            foreach (var id in batch.Requests)
                Put(place, dub with { Order = dub.Order with { RequestId = id, Batch = batch } });
        }
        // Of the last that fit, the other is on the next page.
        var before = _api.Progress.Finds;

        var page = await ListAsync("&limit=5");

        Assert.That(_api.Progress.Finds - before, Is.EqualTo(1));
        Assert.That(
            page.GetProperty("dubs").EnumerateArray().Select(dub => dub.GetProperty("request_ids").GetArrayLength()),
            Is.All.EqualTo(2).And.Exactly(5).Items);
    }

    private Guid Put(int second, DubProgress dub, bool isRecorded = false, bool isDelivered = false)
    {
        var at = Start.AddSeconds(second);
        if (isRecorded)
            _api.Dubs.Records[dub.RequestId] = new DubRecord
            {
                Order = dub.Order,
                Response = dub.FinalResponse!,
                CreatedAt = at,
                FinishedAt = at.AddMinutes(1),
            };
        if (isDelivered)
            _api.Progress.RemoveAsync(dub.RequestId, default);
        else
            _api.Progress.Put(dub with { CreatedAt = at, HeartbeatAt = dub.State == DubState.Running && dub.Attempt > 0 ? at : null });
        return dub.RequestId;
    }

    private async Task<JsonElement> ListAsync(string query) =>
        await (await _api.Client.GetAsync($"/ai_dub?user_id=51{query}")).ReadAsync(200);

    private static List<Guid> Ids(JsonElement page) =>
    [
        .. page.GetProperty("dubs").EnumerateArray().Select(dub => dub.GetProperty("request_id").GetGuid()),
    ];
}
