using AiDub.Domain.Dubbing;
using AiDub.Jobs.Storage.Mongo;
using AiDub.Jobs.Storage.Schema;
using AiDub.Tests.StandIns;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Tests.Jobs.Storage.Schema;

/// <summary>
/// A service whose indexes are missing, and are refused or take long: it works all the same. Needs the stand-in, of its own.
/// </summary>
[TestFixture]
public sealed class SchemaUpkeepTests
{
    private MongoServer _server = null!;
    private MongoTestDatabase _database = null!;

    [SetUp]
    public async Task Open()
    {
        _server = await MongoServer.StartAsync();
        if (_server.ProcessId is null)
            Assert.Ignore("A real MongoDB is not told to refuse indexes.");
        _database = _server.NewDatabase();
    }

    [TearDown]
    public async Task Close()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task No_start_waits_on_indexes_and_everything_is_let_in_once_without_them()
    {
        await BuildsAsync("hold");
        using var lifetime = new NoLifetime();
        using var upkeep = new SchemaUpkeep(
            new SchemaMigration(new MongoSchema(_database.Database, _database.Records), TimeProvider.System), lifetime, TimeProvider.System,
            NullLogger<SchemaUpkeep>.Instance);

        await upkeep.StartAsync(default);
        await AssertAllIsLetInOnceAsync();
        Assert.That(upkeep.ExecuteTask!.IsCompleted, Is.False);
        await BuildsAsync("go");
        await upkeep.ExecuteTask.WaitAsync(TimeSpan.FromMinutes(4));

        Assert.That(await new MongoSchema(_database.Database, _database.Records).FindMissingAsync(default), Is.Empty);
    }

    [Test]
    public async Task Indexes_that_are_refused_are_named_and_the_version_is_not_noted()
    {
        await BuildsAsync("refuse");
        var (schema, said) = (new MongoSchema(_database.Database, _database.Records), new List<string>());

        Assert.That(await new SchemaMigration(schema, TimeProvider.System).RunAsync(said.Add, default), Is.False);
        await AssertAllIsLetInOnceAsync();

        Assert.That(said, Has.Some.Contains("The index progress.request_id could not be made").And.Some.Contains("still missing"));
        Assert.That(await schema.VersionAsync(default), Is.Zero);
        await BuildsAsync("go");
        Assert.That(await new SchemaMigration(schema, TimeProvider.System).RunAsync(said.Add, default), Is.True);
    }

    private async Task AssertAllIsLetInOnceAsync()
    {
        var (records, now) = (_database.Records, DateTimeOffset.UnixEpoch);
        var order = Samples.Order();
        var progress = new MongoProgressStore(records);
        Assert.That(await progress.AddAsync(DubProgress.Accept(order, now), default), Is.True);
        Assert.That(await progress.AddAsync(DubProgress.Accept(order, now), default), Is.False);
        var edits = new MongoEditStore(records);
        Assert.That(await edits.SaveAsync(AiDub.Domain.Editing.DubEdits.None(order.RequestId).Again(), default), Is.True);
        Assert.That(await edits.SaveAsync(AiDub.Domain.Editing.DubEdits.None(order.RequestId).Again(), default), Is.False);
        var claim = new SubmissionClaim
        {
            UserId = 51,
            Key = $"{order.RequestId}",
            BodyHash = "a",
            Ids = new SubmissionIds([Guid.NewGuid()], null),
            ExpiresAt = now.AddDays(1),
        };
        var claims = new MongoSubmissionClaims(records);
        Assert.That((await claims.ClaimAsync(claim, now, default)).BodyHash, Is.EqualTo("a"));
        Assert.That((await claims.ClaimAsync(claim with { BodyHash = "b" }, now, default)).BodyHash, Is.EqualTo("a"));
        var record = new DubRecord { Order = order, Response = Samples.Response(), CreatedAt = now, FinishedAt = now };
        Assert.That(await new MongoDubStore(records, TimeProvider.System).PutAsync(record, default), Is.True);
        Assert.That(await new MongoDubStore(records, TimeProvider.System).PutAsync(record, default), Is.True);
        Assert.That(await _database.CountDubsAsync(order.RequestId), Is.EqualTo(1));
    }

    private Task BuildsAsync(string how) =>
        new MongoClient(_server.ConnectionString)
            .GetDatabase("admin")
            .RunCommandAsync<BsonDocument>(new BsonDocument("standInIndexBuilds", how));

    private sealed class NoLifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _none = new();

        public CancellationToken ApplicationStarted => _none.Token;

        public CancellationToken ApplicationStopping => _none.Token;

        public CancellationToken ApplicationStopped => _none.Token;

        public void StopApplication() => Assert.Fail("It was not to stop.");

        public void Dispose() => _none.Dispose();
    }
}
