using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage.Mongo;
using AiDub.Tests.StandIns;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Tests.Jobs.Storage;

[TestFixture]
public sealed class MongoProgressStoreTests : ProgressStoreContract
{
    private MongoTestDatabase _database = null!;
    private MongoProgressStore _store = null!;

    protected override IProgressStore Store => _store;

    protected override IDubTurns Turns => new MongoDubTurns(_database.Records);

    [OneTimeSetUp]
    public async Task Open()
    {
        _database = (await MongoServer.SharedAsync()).NewDatabase();
        await _database.Records.EnsureIndexesAsync(default);
        _store = new MongoProgressStore(_database.Records);
    }

    [SetUp]
    public async Task Empty()
    {
        await _database.Records.Progress.DeleteManyAsync(new BsonDocument());
        await _database.Records.Served.DeleteManyAsync(new BsonDocument());
    }

    [OneTimeTearDown]
    public async Task Close() => await _database.DisposeAsync();

    [Test]
    public async Task Everybody_who_asks_at_once_is_answered_for_his_own_dub()
    {
        var dubs = Enumerable.Range(0, 150)
            .Select(i => DubProgress.Accept(Samples.Order(userId: i), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))).ToList();
        await Task.WhenAll(dubs.Select(dub => _store.AddAsync(dub, default)));

        var found = await Task.WhenAll(dubs.Concat(dubs).Select(dub => _store.FindAsync(dub.RequestId, default)));
        var missing = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _store.FindAsync(Guid.NewGuid(), default)));

        Assert.That(found.Select(dub => dub!.Order.UserId), Is.EqualTo(dubs.Concat(dubs).Select(dub => dub.Order.UserId)));
        Assert.That(missing, Has.All.Null);
    }

    [Test]
    public async Task A_turn_to_submit_that_was_taken_before_the_clock_was_put_back_holds_nobody_up()
    {
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var dub = DubProgress.Accept(Samples.Order(), now);
        await _database.Records.Turns.InsertOneAsync(new BsonDocument
        {
            { "_id", dub.Order.UserId },
            { "holder", "a process that was killed" },
            { "until", new BsonDateTime(now.AddHours(1).UtcDateTime) },
        });

        Assert.That(await _store.AddWithinAsync([dub], 5, default), Is.True);
    }

    [Test]
    public async Task Who_gives_up_waiting_leaves_those_who_asked_with_him()
    {
        var dub = DubProgress.Accept(Samples.Order(), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await _store.AddAsync(dub, default);
        using var gone = new CancellationTokenSource();

        var finds = Enumerable.Range(0, 30).Select(i => _store.FindAsync(dub.RequestId, i % 2 == 0 ? gone.Token : default)).ToList();
        await gone.CancelAsync();

        var stayed = await Task.WhenAll(finds.Where((_, i) => i % 2 == 1));
        Assert.That(stayed.Select(found => found!.RequestId), Has.All.EqualTo(dub.RequestId));
    }

    [Test]
    public async Task A_running_document_has_the_fields_that_another_program_expects_and_does_not_expire()
    {
        var accepted = DubProgress.Accept(Samples.Order(), new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
        await _store.AddAsync(accepted, default);
        await _store.ClaimAsync(accepted.RequestId, accepted.UpdatedAt, default, default);

        var raw = await _database.RawAsync(accepted.RequestId);

        raw.Remove("_id");
        Assert.That(raw.OrderBy(f => f.Name), Is.EqualTo(new BsonDocument
        {
            { "attempt", 1 },
            { "created_at", new BsonDateTime(accepted.CreatedAt.UtcDateTime) },
            { "faults", 0 },
            { "heartbeat_at", new BsonDateTime(accepted.CreatedAt.UtcDateTime) },
            { "percent", 0 },
            { "progress", "Status_1" },
            { "project_id", "ryan" },
            { "request_id", accepted.RequestId.ToString() },
            { "source_video_url", accepted.Order.SourceVideoUrl },
            { "taken_at", new BsonDateTime(accepted.CreatedAt.UtcDateTime) },
            { "to_lang", "es" },
            { "updated_at", new BsonDateTime(accepted.CreatedAt.UtcDateTime) },
            { "user_id", 51L },
        }));
    }

    [Test]
    public async Task A_complete_document_holds_its_response_as_a_document_and_expires()
    {
        var complete = await CompleteAsync();

        var raw = await _database.RawAsync(complete.RequestId);

        Assert.That(raw["progress"].AsString, Is.EqualTo("Status_5"));
        Assert.That(raw["final_response"]["report"]["step_seconds"]["fetch"].AsDouble, Is.EqualTo(0.25));
        Assert.That(raw["final_response"]["warnings"][0]["code"].AsString, Is.EqualTo("same_language"));
        Assert.That(raw["expires_at"].ToUniversalTime(), Is.EqualTo(complete.ExpiresAt!.Value.UtcDateTime));
        Assert.That(raw.Contains("heartbeat_at"), Is.False);
    }

    [Test]
    public async Task Request_ids_are_unique_and_the_server_removes_what_expired_by_index()
    {
        await _database.Records.EnsureIndexesAsync(default);

        var indexes = (await (await _database.Records.Progress.Indexes.ListAsync()).ToListAsync()).ToDictionary(i => i["name"].AsString);
        Assert.That(
            indexes.Keys,
            Is.EquivalentTo(
                [
                    "_id_",
                    "request_id",
                    "expires_at",
                    "stale",
                    "kept_until",
                    "running",
                    "ready",
                    "taken",
                    "unfinished",
                    "newest",
                    "newest_of_project"]));
        Assert.That(indexes["request_id"]["unique"].ToBoolean(), Is.True);
        Assert.That(indexes["expires_at"]["key"], Is.EqualTo(new BsonDocument("expires_at", 1)));
        Assert.That(indexes["expires_at"]["expireAfterSeconds"].ToInt32(), Is.Zero);
        Assert.That(indexes["stale"]["key"].AsBsonDocument.Names, Is.EqualTo(["expires_at", "updated_at"]));
    }
}

[TestFixture]
public sealed class MongoDubStoreTests : DubStoreContract
{
    private MongoTestDatabase _database = null!;
    private MongoDubStore _store = null!;

    protected override IDubStore Store => _store;

    [OneTimeSetUp]
    public async Task Open()
    {
        _database = (await MongoServer.SharedAsync()).NewDatabase();
        await _database.Records.EnsureIndexesAsync(default);
        _store = new MongoDubStore(_database.Records, TimeProvider.System);
    }

    [OneTimeTearDown]
    public async Task Close() => await _database.DisposeAsync();

    [Test]
    public async Task A_record_that_a_version_before_wrote_is_replaced_by_a_later_attempt_and_removed_for_good()
    {
        var record = new DubRecord { Order = Samples.Order(), Response = Samples.Response(), CreatedAt = default, FinishedAt = default };
        await _store.PutAsync(record, default);
        var id = new BsonDocument("request_id", record.Order.RequestId.ToString());
        var old = await _database.Records.Dubs.FindOneAndDeleteAsync<BsonDocument>(id);
        old.Remove("attempt");
        old["_id"] = ObjectId.GenerateNewId();
        await _database.Records.Dubs.InsertOneAsync(old);

        var later = record with { Response = record.Response with { Report = record.Response.Report with { Attempts = 2 } } };
        Assert.That(await _store.PutAsync(later, default), Is.True);
        Assert.That((await _store.FindAsync(record.Order.RequestId, default))!.Attempt, Is.EqualTo(2));

        await _store.RemoveAsync(record.Order.RequestId, int.MaxValue, default);

        Assert.That(await _database.CountDubsAsync(record.Order.RequestId), Is.Zero);
        Assert.That(await _store.PutAsync(later, default), Is.False);
    }
}
