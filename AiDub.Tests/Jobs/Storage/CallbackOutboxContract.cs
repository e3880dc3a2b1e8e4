using AiDub.Domain.Callbacks;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage.Mongo;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Tests.StandIns;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>What every callback outbox must do.</summary>
public abstract class CallbackOutboxContract
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = Now.AddSeconds(60);

    protected abstract ICallbackOutbox Outbox { get; }

    [Test]
    public async Task What_was_prepared_is_found_and_preparing_it_again_changes_nothing()
    {
        var prepared = await AddAsync();
        var claimed = (await Outbox.ClaimDueAsync(Now, Until, BusyCallbacks.None, default))!;
        await Outbox.SaveAsync(claimed.After(new CallbackAttempt(Now, 200, null), 0), default);

        await Outbox.AddAsync(prepared, default);

        var found = (await Outbox.FindAsync(prepared.RequestId, default)).Single();
        Assert.That(
            (found.State, found.CreatedAt, found.Attempts.Single()),
            Is.EqualTo((CallbackState.Delivered, Now, new CallbackAttempt(Now, 200, null))));
        Assert.That(await Outbox.ClaimDueAsync(Until.AddYears(1), Until, BusyCallbacks.None, default), Is.Null);
    }

    [Test]
    public async Task What_is_claimed_is_due_again_only_once_its_claim_has_passed()
    {
        var prepared = await AddAsync();

        var claimed = await Outbox.ClaimDueAsync(Now, Until, BusyCallbacks.None, default);

        Assert.That(claimed, Is.EqualTo(prepared with { Claims = 1, NextAt = Until, Attempts = claimed!.Attempts }));
        Assert.That(await Outbox.ClaimDueAsync(Until.AddMilliseconds(-1), Until, BusyCallbacks.None, default), Is.Null);
        Assert.That((await Outbox.ClaimDueAsync(Until, Until.AddSeconds(60), BusyCallbacks.None, default))!.Claims, Is.EqualTo(2));
    }

    [Test]
    public async Task What_was_put_off_before_the_clock_was_put_back_is_due_at_once_and_only_once()
    {
        var prepared = await AddAsync();
        var back = Now.AddHours(-1);
        Assert.That(await Outbox.ClaimDueAsync(Now.AddMinutes(-15), Until, BusyCallbacks.None, default), Is.Null, "clocks may be apart");

        var claimed = await Outbox.ClaimDueAsync(back, back.AddSeconds(60), BusyCallbacks.None, default);

        Assert.That(claimed?.RequestId, Is.EqualTo(prepared.RequestId));
        Assert.That(await Outbox.ClaimDueAsync(back, back.AddSeconds(60), BusyCallbacks.None, default), Is.Null);
        await Outbox.SaveAsync(claimed!.After(new CallbackAttempt(back, 500, null), 0), default);
        Assert.That(await Outbox.ClaimDueAsync(back, back.AddSeconds(60), BusyCallbacks.None, default), Is.Null);
        Assert.That(await Outbox.ClaimDueAsync(back.AddSeconds(5), back.AddSeconds(65), BusyCallbacks.None, default), Is.Not.Null);
    }

    [Test]
    public async Task Of_many_claims_at_once_one_wins()
    {
        await AddAsync();

        var claims = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => Task.Run(() => Outbox.ClaimDueAsync(Now, Until, BusyCallbacks.None, default))));

        Assert.That(claims.Count(claim => claim is not null), Is.EqualTo(1));
    }

    [Test]
    public async Task What_has_been_due_for_longest_is_claimed_first()
    {
        var later = await AddAsync(Now.AddSeconds(-1));
        var first = await AddAsync(Now.AddSeconds(-2));

        Assert.That((await Outbox.ClaimDueAsync(Now, Until, BusyCallbacks.None, default))!.RequestId, Is.EqualTo(first.RequestId));
        Assert.That((await Outbox.ClaimDueAsync(Now, Until, BusyCallbacks.None, default))!.RequestId, Is.EqualTo(later.RequestId));
    }

    [Test]
    public async Task Who_was_overtaken_or_comes_after_the_end_writes_nothing()
    {
        await AddAsync();
        var slow = (await Outbox.ClaimDueAsync(Now, Until, BusyCallbacks.None, default))!;
        var holder = (await Outbox.ClaimDueAsync(Until, Until.AddSeconds(60), BusyCallbacks.None, default))!;

        Assert.That(await Outbox.SaveAsync(slow.After(new CallbackAttempt(Now, 410, null), 0), default), Is.False);
        Assert.That(await Outbox.SaveAsync(holder.After(new CallbackAttempt(Now, null, "timeout"), 1), default), Is.True);
        Assert.That(await Outbox.SaveAsync(holder.After(new CallbackAttempt(Now, 200, null), 1), default), Is.True);
        Assert.That(await Outbox.SaveAsync(holder, default), Is.False);
    }

    [Test]
    public async Task The_ends_of_a_dub_are_found_in_order_and_removed_one_by_one_or_together()
    {
        var second = await AddAsync(attempt: 12);
        var first = second with { Attempt = 3 };
        await Outbox.AddAsync(first, default);
        await Outbox.AddAsync(second with { Attempt = 20 }, default);
        var other = await AddAsync();

        Assert.That((await Outbox.FindAsync(second.RequestId, default)).Select(d => d.Attempt), Is.EqualTo(new[] { 3, 12, 20 }));
        await Outbox.RemoveAsync(second.RequestId, 12, default);
        Assert.That((await Outbox.FindAsync(second.RequestId, default)).Select(d => d.Attempt), Is.EqualTo(new[] { 3, 20 }));
        await Outbox.RemoveAllAsync(second.RequestId, default);
        Assert.That(await Outbox.FindAsync(second.RequestId, default), Is.Empty);
        Assert.That(await Outbox.FindAsync(other.RequestId, default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Whose_callbacks_are_to_be_left_alone_are_passed_over_by_user_and_by_receiver()
    {
        var noted = await AddAsync(Now.AddSeconds(-4), of: Order(1, "https://SLOW.example:8443/a"));
        var other = await AddAsync(Now.AddSeconds(-3), of: Order(2, "https://slow.example:8443/b"));
        var third = await AddAsync(Now.AddSeconds(-2), of: Order(1, "https://quick.example/"));
        var old = await AddAsync(Now.AddSeconds(-1));

        Assert.That((noted.UserId, noted.Receiver, third.Receiver), Is.EqualTo((1L, "slow.example:8443", "quick.example")));
        Assert.That(await NextAsync(new BusyCallbacks([1], [])), Is.EqualTo(other.RequestId));
        Assert.That(await NextAsync(new BusyCallbacks([], ["slow.example:8443"])), Is.EqualTo(third.RequestId));
        Assert.That(
            await NextAsync(new BusyCallbacks([1, 2], ["slow.example:8443"])),
            Is.EqualTo(old.RequestId),
            "one that was written before this was noted");
        Assert.That(await NextAsync(BusyCallbacks.None), Is.EqualTo(noted.RequestId));
        async Task<Guid?> NextAsync(BusyCallbacks busy) => (await Outbox.ClaimDueAsync(Now, Until, busy, default))?.RequestId;
    }

    [Test]
    public async Task What_ended_is_removed_after_a_time_and_what_is_to_be_told_is_not()
    {
        var told = await AddAsync(Now.AddDays(-8));
        await Outbox.SaveAsync(
            (await Outbox.ClaimDueAsync(Now, Until, BusyCallbacks.None, default))!.After(new CallbackAttempt(Now, 200, null), 0), default);
        var waiting = await AddAsync(Now.AddDays(-8));
        var late = await AddAsync(Now.AddDays(-6));

        Assert.That(await Outbox.RemoveEndedAsync(Now.AddDays(-9), default), Is.Zero);
        Assert.That(await Outbox.RemoveEndedAsync(Now.AddDays(-7), default), Is.EqualTo(1));

        Assert.That(await Outbox.FindAsync(told.RequestId, default), Is.Empty);
        Assert.That(
            (await Outbox.FindAsync(waiting.RequestId, default)).Concat(await Outbox.FindAsync(late.RequestId, default)).Count(),
            Is.EqualTo(2));
    }

    private static DubOrder Order(long user, string url) =>
        Samples.Order(userId: user) with { Callback = new DubCallback(url, "https://dub.example.com/") };

    private async Task<CallbackDelivery> AddAsync(DateTimeOffset? at = null, int attempt = 1, DubOrder? of = null)
    {
        var prepared = of is null
            ? CallbackDelivery.Prepare(Guid.NewGuid(), attempt, at ?? Now)
            : CallbackDelivery.Prepare(of, attempt, at ?? Now);
        await Outbox.AddAsync(prepared, default);
        return prepared;
    }
}

[TestFixture]
public sealed class SqliteCallbackOutboxTests : CallbackOutboxContract
{
    private TestData _data = null!;
    private SqliteCallbackOutbox _outbox = null!;

    protected override ICallbackOutbox Outbox => _outbox;

    [SetUp]
    public void Open()
    {
        _data = new TestData();
        _outbox = new SqliteCallbackOutbox(new SqliteDatabase(_data.Directory));
    }

    [TearDown]
    public void Close()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }
}

[TestFixture]
public sealed class MongoCallbackOutboxTests : CallbackOutboxContract
{
    private MongoTestDatabase _database = null!;
    private MongoCallbackOutbox _outbox = null!;

    protected override ICallbackOutbox Outbox => _outbox;

    [OneTimeSetUp]
    public async Task Open()
    {
        _database = (await MongoServer.SharedAsync()).NewDatabase();
        await _database.Records.EnsureIndexesAsync(default);
        _outbox = new MongoCallbackOutbox(_database.Records);
    }

    [SetUp]
    public Task Empty() => _database.Records.Callbacks.DeleteManyAsync(new BsonDocument());

    [OneTimeTearDown]
    public async Task Close() => await _database.DisposeAsync();
}
