using AiDub.Tests.StandIns;

namespace AiDub.Tests.Jobs.Dubbing.Fencing;

/// <summary>The same on records that many processes share: for each way one write of seven.</summary>
[TestFixture]
[Category("Long")]
public sealed class MongoSleeperTests
{
    private MongoTestDatabase _database = null!;
    private FencingBench _bench = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _database = (await MongoServer.SharedAsync()).NewDatabase();
        await _database.Records.EnsureIndexesAsync(default);
        _bench = SleeperTests.OnMongo(_database);
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        _bench.Dispose();
        await _database.DisposeAsync();
    }

    [Test]
    public Task Of_a_first_dub([Values] WhileAsleep meanwhile) => new Nap(_bench, meanwhile).TryEachAsync(every: 7);

    [Test]
    public Task Of_a_rendering([Values] WhileAsleep meanwhile) => new Nap(_bench, meanwhile) { IsRendering = true }.TryEachAsync(every: 7);
}
