using AiDub.Jobs.Storage.Mongo;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Tests.Jobs.Storage;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Jobs.Dubbing.Fencing;

/// <summary>
/// An attempt is suspended before any of its writes, to any store, and wakes up when everything else is over: nothing that counts is as it
/// would not be had it never woken, and it leaves nothing of its own behind.
/// </summary>
[TestFixture("sqlite")]
[TestFixture("mongo", Explicit = true, Reason = "The stand-in takes minutes for all of them; one of each kind is taken by "
    + "MongoSleeperTests.", Category = "Bench")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Category("Long")]
public sealed class SleeperTests(string storage)
{
    private TestData _data = null!;
    private MongoTestDatabase? _database;
    private FencingBench _bench = null!;

    [SetUp]
    public async Task Open()
    {
        _data = new TestData();
        if (storage == "mongo")
        {
            _database = (await MongoServer.SharedAsync()).NewDatabase();
            await _database.Records.EnsureIndexesAsync(default);
            _bench = OnMongo(_database);
            return;
        }
        _bench = OnSqlite(new SqliteDatabase(_data.Directory));
    }

    [TearDown]
    public async Task Close()
    {
        _bench.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_database is not null)
            await _database.DisposeAsync();
        _data.Dispose();
    }

    [Test]
    public Task Of_a_first_dub([Values] WhileAsleep meanwhile, [Values(0, 24)] int editableHours) =>
        new Nap(_bench, meanwhile) { EditableHours = editableHours }.TryEachAsync();

    [Test]
    public Task That_is_killed_after_the_write([Values] WhileAsleep meanwhile) =>
        new Nap(_bench, meanwhile) { IsKilledAfterwards = true }.TryEachAsync();

    [Test]
    public Task Of_a_rendering([Values] WhileAsleep meanwhile) => new Nap(_bench, meanwhile) { IsRendering = true }.TryEachAsync();

    [Test]
    public Task That_was_about_to_fail([Values] WhileAsleep meanwhile, [Values("engine_refused", "source_gone")] string code) =>
        new Nap(_bench, meanwhile) { FailsAt = "fit", FailsWith = code }.TryEachAsync();

    [Test]
    public Task Of_a_rendering_that_was_about_to_fail([Values] WhileAsleep meanwhile) =>
        new Nap(_bench, meanwhile) { IsRendering = true, FailsAt = "fit", FailsWith = "source_gone" }.TryEachAsync();

    [Test]
    public Task Of_the_dub_that_leads_a_batch([Values] WhileAsleep meanwhile) =>
        new Nap(_bench, meanwhile) { IsBatch = true }.TryEachAsync();

    internal static FencingBench OnSqlite(SqliteDatabase database) => new(
        new SqliteProgressStore(database), new SqliteDubTurns(database), new SqliteLeases(database),
        new SqliteDubStore(database, TimeProvider.System),
        new SqliteEditStore(database), new SqliteCallbackOutbox(database));

    internal static FencingBench OnMongo(MongoTestDatabase database) => new(
        new MongoProgressStore(database.Records), new MongoDubTurns(database.Records), new MongoLeases(database.Records),
        new MongoDubStore(database.Records, TimeProvider.System),
        new MongoEditStore(database.Records), new MongoCallbackOutbox(database.Records));
}
