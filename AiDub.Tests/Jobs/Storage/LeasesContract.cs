using AiDub.Domain.Ports;
using AiDub.Jobs.Storage.Mongo;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>What leases must do.</summary>
public abstract class LeasesContract
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private readonly Guid _one = Guid.NewGuid();
    private readonly Guid _other = Guid.NewGuid();

    protected abstract ILeases Leases { get; }

    [Test]
    public async Task A_lease_is_kept_by_its_holder_and_taken_by_another_once_its_time_has_passed()
    {
        var name = $"{Guid.NewGuid()}";

        Assert.That(await HoldAsync(name, _one, 0), Is.True);
        Assert.That(await HoldAsync(name, _other, 20), Is.False);
        Assert.That(await HoldAsync(name, _one, 25), Is.True);
        Assert.That(await HoldAsync(name, _other, 54), Is.False);
        Assert.That(await HoldAsync(name, _other, 55), Is.True);
        Assert.That(await HoldAsync(name, _one, 56), Is.False);
    }

    [Test]
    public async Task A_lease_that_was_taken_before_the_clock_was_put_back_is_free()
    {
        var name = $"{Guid.NewGuid()}";
        await HoldAsync(name, _one, 3600);

        Assert.That(await HoldAsync(name, _other, 3600 - 900), Is.False, "clocks of a fleet may be apart");
        Assert.That(await HoldAsync(name, _other, 0), Is.True);
    }

    [Test]
    public async Task A_lease_that_is_given_up_is_free_at_once_and_only_its_holder_can()
    {
        var name = $"{Guid.NewGuid()}";
        await HoldAsync(name, _one, 0);

        await Leases.ReleaseAsync(name, _other, default);
        Assert.That(await HoldAsync(name, _other, 1), Is.False);
        await Leases.ReleaseAsync(name, _one, default);
        Assert.That(await HoldAsync(name, _other, 1), Is.True);
    }

    [Test]
    public async Task Of_many_who_ask_at_once_one_holds_it()
    {
        var name = $"{Guid.NewGuid()}";

        var held = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => HoldAsync(name, Guid.NewGuid(), 0))));

        Assert.That(held.Count(h => h), Is.EqualTo(1));
    }

    private Task<bool> HoldAsync(string name, Guid holder, int second) =>
        Leases.HoldAsync(name, holder, Now.AddSeconds(second), Now.AddSeconds(second + 30), default);
}

[TestFixture]
public sealed class SqliteLeasesTests : LeasesContract
{
    private readonly TestData _data = new();

    protected override ILeases Leases => new SqliteLeases(new SqliteDatabase(_data.Directory));

    [OneTimeTearDown]
    public void Close()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }
}

[TestFixture]
public sealed class MongoLeasesTests : LeasesContract
{
    private MongoTestDatabase _database = null!;

    protected override ILeases Leases => new MongoLeases(_database.Records);

    [OneTimeSetUp]
    public async Task Open() => _database = (await MongoServer.SharedAsync()).NewDatabase();

    [OneTimeTearDown]
    public async Task Close() => await _database.DisposeAsync();
}
