using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>What every store of durable records must do.</summary>
public abstract class DubStoreContract
{
    protected abstract IDubStore Store { get; }

    [Test]
    public async Task A_record_is_found_as_it_was_written_and_writing_it_again_changes_nothing()
    {
        var record = new DubRecord
        {
            Order = Samples.Order() with
            {
                Transcript = new TextPlace.Linked("https://a.example/a.srt"),
                Translation = new TextPlace.Stored("work/x/given/translation.txt"),
            },
            Response = Samples.Response(),
            CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            FinishedAt = new DateTimeOffset(2026, 1, 2, 3, 5, 0, TimeSpan.Zero),
        };

        await Store.PutAsync(record, default);
        await Store.PutAsync(record, default);

        var found = await Store.FindAsync(record.Order.RequestId, default);
        Assert.That(found!.Order, Is.EqualTo(record.Order));
        Assert.That((found.CreatedAt, found.FinishedAt), Is.EqualTo((record.CreatedAt, record.FinishedAt)));
        Assert.That(found.Order.Voices, Is.Null);
        Assert.That(found.Response.ResultKey, Is.EqualTo(record.Response.ResultKey));
        Assert.That(await Store.FindAsync(Guid.NewGuid(), default), Is.Null);
    }

    [Test]
    public async Task Several_records_are_found_by_one_read()
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var orders = Enumerable.Range(0, 3).Select(_ => Samples.Order()).ToList();
        foreach (var order in orders)
            await Store.PutAsync(new DubRecord { Order = order, Response = Samples.Response(), CreatedAt = at, FinishedAt = at }, default);
        await Store.RemoveAsync(orders[1].RequestId, int.MaxValue, default);

        var found = await Store.FindAsync([.. orders.Select(order => order.RequestId), Guid.NewGuid()], default);

        Assert.That(found.Select(record => record.Order), Is.EquivalentTo(new[] { orders[0], orders[2] }));
        Assert.That(await Store.FindAsync([], default), Is.Empty);
    }

    [Test]
    public async Task A_record_keeps_everything_of_an_order()
    {
        var order = WholeOrder.Make();
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await Store.PutAsync(new DubRecord { Order = order, Response = Samples.Response(), CreatedAt = at, FinishedAt = at }, default);

        WholeOrder.AssertIs((await Store.FindAsync(order.RequestId, default))!.Order, order, Store);
    }

    [Test]
    public async Task A_users_records_are_listed_newest_first_a_part_at_a_time()
    {
        var user = Random.Shared.NextInt64(1_000_000, long.MaxValue);
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var records = Enumerable.Range(0, 5).Select(i => new DubRecord
        {
            Order = Samples.Order(userId: user) with { ProjectId = i < 2 ? "a" : "b" },
            Response = Samples.Response(),
            CreatedAt = at.AddMilliseconds(i / 2),
            FinishedAt = at,
        }).ToList();
        foreach (var record in records)
            await Store.PutAsync(record, default);
        var expected = records.OrderBy(record => record.Cursor).Select(record => record.Cursor).ToList();

        var listed = new List<DubCursor>();
        while (listed.Count < 5)
            listed.AddRange(
                (await Store.ListAsync(new DubQuery(user, null, listed.Count == 0 ? null : listed[^1], 2), default))
                    .Select(record => record.Cursor));

        Assert.That(listed, Is.EqualTo(expected));
        Assert.That(
            (await Store.ListAsync(new DubQuery(user, "a", null, 9), default)).Select(record => record.Cursor),
            Is.EqualTo(expected.TakeLast(2)));
        Assert.That(await Store.ListAsync(new DubQuery(user - 1, null, null, 9), default), Is.Empty);
    }

    [Test]
    public async Task A_record_says_until_when_it_can_be_edited_and_forgets_it_only_under_its_own_revision([Values(0, 3)] int revision)
    {
        var until = new DateTimeOffset(2076, 1, 2, 3, 4, 5, 678, TimeSpan.Zero).AddDays(revision);
        var order = Samples.Order() with { Revision = revision, Subtitles = SubtitleMode.Soft };
        await Store.PutAsync(
            new DubRecord
            {
                Order = order,
                Response = Samples.Response(),
                CreatedAt = default,
                FinishedAt = default,
                EditableUntil = until,
            }, default);

        Assert.That((await Store.FindAsync(order.RequestId, default))!.EditableUntil, Is.EqualTo(until));
        Assert.That((await Store.FindAsync(order.RequestId, default))!.Order, Is.EqualTo(order));
        Assert.That(await EditableAsync(until.AddMilliseconds(-1)), Does.Not.Contain(order.RequestId));
        Assert.That(await EditableAsync(until), Does.Contain(order.RequestId));
        Assert.That(await EditableAsync(DateTimeOffset.MaxValue), Does.Contain(order.RequestId));
        Assert.That(await Store.EndEditingAsync(order.RequestId, revision + 1, default), Is.False);
        Assert.That((await Store.FindAsync(order.RequestId, default))!.EditableUntil, Is.EqualTo(until));
        Assert.That(await Store.EndEditingAsync(order.RequestId, revision, default), Is.True);
        Assert.That((await Store.FindAsync(order.RequestId, default))!.EditableUntil, Is.Null);
        Assert.That(await EditableAsync(DateTimeOffset.MaxValue), Does.Not.Contain(order.RequestId));

        async Task<IEnumerable<Guid>> EditableAsync(DateTimeOffset at) =>
            (await Store.FindEditableAsync(at, 1000, default)).Select(dub => dub.Order.RequestId);
    }

    [Test]
    public async Task All_records_of_a_user_that_can_be_edited_are_found_however_old_they_are()
    {
        var (user, until) = (Random.Shared.NextInt64(1, long.MaxValue), new DateTimeOffset(2076, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var orders = new[] { Samples.Order(userId: user), Samples.Order(userId: user), Samples.Order(userId: user + 1) };
        foreach (var (i, order) in orders.Index())
        {
            await Store.PutAsync(
                new DubRecord
                {
                    Order = order,
                    Response = Samples.Response(),
                    CreatedAt = until.AddYears(-100),
                    FinishedAt = until.AddHours(-1),
                    EditableUntil = i == 1 ? null : until,
                },
                default);
        }

        Assert.That(
            (await Store.FindEditableOfAsync(user, default)).Select(dub => dub.Order.RequestId), Is.EqualTo(new[] { orders[0].RequestId }));
    }

    [Test]
    public async Task Records_are_found_by_when_they_were_finished_the_oldest_first()
    {
        var at = new DateTimeOffset(1976, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
        var orders = new[] { Samples.Order(), Samples.Order(), Samples.Order() };
        foreach (var (i, order) in orders.Index())
            await Store.PutAsync(
                new DubRecord { Order = order, Response = Samples.Response(), CreatedAt = at, FinishedAt = at.AddHours(3 - i) }, default);

        Assert.That(await FinishedAsync(at.AddHours(3)), Is.EqualTo(new[] { orders[2].RequestId, orders[1].RequestId }));
        Assert.That(
            await FinishedAsync(at.AddHours(4)), Is.EqualTo(new[] { orders[2].RequestId, orders[1].RequestId, orders[0].RequestId }));
        Assert.That(await Store.FindFinishedAsync(at.AddHours(4), 2, default), Has.Count.EqualTo(2));

        // Other tests' records lie among them.
        async Task<IEnumerable<Guid>> FinishedAsync(DateTimeOffset before) =>
            (await Store.FindFinishedAsync(before, 1000, default))
                .Select(dub => dub.Order.RequestId)
                .Where(id => orders.Any(order => order.RequestId == id));
    }

    [Test]
    public async Task The_records_that_were_finished_last_are_found_the_latest_first()
    {
        // Later than other tests' records, which lie among them.
        var at = new DateTimeOffset(2076, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
        var orders = new[] { Samples.Order(), Samples.Order(), Samples.Order() };
        foreach (var (i, order) in orders.Index())
            await Store.PutAsync(
                new DubRecord { Order = order, Response = Samples.Response(), CreatedAt = at, FinishedAt = at.AddHours(i) }, default);
        await Store.ShutOutAsync(Guid.NewGuid(), 1, default);

        Assert.That(
            (await Store.FindLatestAsync(2, default)).Select(dub => dub.Order.RequestId),
            Is.EqualTo(new[] { orders[2].RequestId, orders[1].RequestId }));
        foreach (var order in orders)
            await Store.RemoveAsync(order.RequestId, int.MaxValue, default);
    }

    [Test]
    public async Task A_removed_record_is_gone()
    {
        var record = new DubRecord { Order = Samples.Order(), Response = Samples.Response(), CreatedAt = default, FinishedAt = default };
        await Store.PutAsync(record, default);

        await Store.RemoveAsync(record.Order.RequestId, record.Attempt, default);
        await Store.RemoveAsync(record.Order.RequestId, record.Attempt, default);

        Assert.That(await Store.FindAsync(record.Order.RequestId, default), Is.Null);
    }

    [Test]
    public async Task A_record_of_a_later_attempt_stands_and_one_of_an_earlier_is_replaced()
    {
        var order = Samples.Order();
        Assert.That(await Store.PutAsync(Record(order, attempt: 2), default), Is.True);
        Assert.That(await Store.PutAsync(Record(order, attempt: 1), default), Is.False);
        Assert.That((await Store.FindAsync(order.RequestId, default))!.Attempt, Is.EqualTo(2));

        Assert.That(await Store.PutAsync(Record(order with { Revision = 1 }, attempt: 3), default), Is.True);
        Assert.That(await Store.PutAsync(Record(order, attempt: 2), default), Is.False);

        var found = (await Store.FindAsync(order.RequestId, default))!;
        Assert.That((found.Attempt, found.Order.Revision), Is.EqualTo((3, 1)));
    }

    [Test]
    public async Task Attempts_that_are_shut_out_write_no_record_and_later_ones_do([Values] bool hasRecord, [Values] bool isRemoved)
    {
        var order = Samples.Order();
        if (hasRecord)
            await Store.PutAsync(Record(order, attempt: 1), default);
        Assert.That(await Store.FindShutOutAsync(order.RequestId, default), Is.Zero);

        await (isRemoved ? Store.RemoveAsync(order.RequestId, 3, default) : Store.ShutOutAsync(order.RequestId, 3, default));
        await Store.ShutOutAsync(order.RequestId, 2, default);

        Assert.That(await Store.FindShutOutAsync(order.RequestId, default), Is.EqualTo(3));
        Assert.That((await Store.FindAsync(order.RequestId, default))?.Attempt, Is.EqualTo(hasRecord && !isRemoved ? 1 : (int?)null));
        Assert.That(await Store.PutAsync(Record(order, attempt: 3), default), Is.False);
        Assert.That((await Store.FindAsync(order.RequestId, default))?.Attempt, Is.EqualTo(hasRecord && !isRemoved ? 1 : (int?)null));
        Assert.That(await Store.PutAsync(Record(order, attempt: 4), default), Is.True);
        Assert.That((await Store.FindAsync(order.RequestId, default))!.Attempt, Is.EqualTo(4));
        Assert.That(await Store.PutAsync(Record(order, attempt: 3), default), Is.False);
    }

    [Test]
    public async Task A_record_of_a_later_attempt_is_not_removed_by_an_earlier_one()
    {
        var order = Samples.Order();
        await Store.PutAsync(Record(order, attempt: 2), default);

        await Store.RemoveAsync(order.RequestId, 1, default);
        Assert.That(await Store.FindAsync(order.RequestId, default), Is.Not.Null);

        await Store.RemoveAsync(order.RequestId, int.MaxValue, default);
        Assert.That(await Store.FindAsync(order.RequestId, default), Is.Null);
        Assert.That(await Store.PutAsync(Record(order, attempt: 9), default), Is.False);
        Assert.That(
            await Store.ListAsync(new DubQuery(order.UserId, null, null, 1000), default),
            Has.None.Matches<DubRecord>(r => r.Order.RequestId == order.RequestId));
    }

    private static DubRecord Record(DubOrder order, int attempt) => new()
    {
        Order = order,
        Response = Samples.Response() with { Report = new DubReport { Attempts = attempt } },
        CreatedAt = default,
        FinishedAt = default,
    };

    [Test]
    public async Task A_record_keeps_the_voices_that_were_chosen()
    {
        var order = Samples.Order() with { Voices = new Dictionary<string, string> { ["S2"] = "es+f2", ["*"] = "es" } };
        await Store.PutAsync(
            new DubRecord { Order = order, Response = Samples.Response(), CreatedAt = default, FinishedAt = default }, default);

        Assert.That((await Store.FindAsync(order.RequestId, default))!.Order.Voices, Is.EquivalentTo(order.Voices!));
    }
}
