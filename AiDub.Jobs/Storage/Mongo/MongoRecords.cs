using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>
/// The collections <c>progress</c>, <c>dubs</c>, <c>edits</c>, <c>submission_claims</c>, <c>callbacks</c>, <c>submit_turns</c>,
/// <c>served</c> and <c>leases</c>.
/// </summary>
/// <param name="database">The database that they are in.</param>
/// <param name="clock">Says when the server last took a write that only tried it; null: the system's.</param>
public sealed class MongoRecords(IMongoDatabase database, TimeProvider? clock = null)
{
    // Nothing has that id but in "health". Who may not do something in a collection is told so before anything is looked for.
    private static readonly BsonDocument Probe = new("_id", "probe");
    private static readonly BsonDocument Nothing = new("$unset", new BsonDocument("at", ""));

    private const int Unauthorized = 13;

    /// <summary>The transient documents, one a dub.</summary>
    public IMongoCollection<BsonDocument> Progress { get; } = database.GetCollection<BsonDocument>("progress");

    /// <summary>The main table.</summary>
    public IMongoCollection<BsonDocument> Dubs { get; } = database.GetCollection<BsonDocument>("dubs");

    /// <summary>Idempotency keys, one document a user's key.</summary>
    public IMongoCollection<BsonDocument> Claims { get; } = database.GetCollection<BsonDocument>("submission_claims");

    /// <summary>What is to be told, one document a dub's end.</summary>
    public IMongoCollection<BsonDocument> Callbacks { get; } = database.GetCollection<BsonDocument>("callbacks");

    /// <summary>What users changed of dubs' segments, one document a dub.</summary>
    public IMongoCollection<BsonDocument> Edits { get; } = database.GetCollection<BsonDocument>("edits");

    /// <summary>Whose turn it is to submit for a user, one document a user who submits right now.</summary>
    public IMongoCollection<BsonDocument> Turns { get; } = database.GetCollection<BsonDocument>("submit_turns");

    /// <summary>When each user last had a dub taken, one document a user, whose id is its <c>_id</c>.</summary>
    public IMongoCollection<BsonDocument> Served { get; } = database.GetCollection<BsonDocument>("served");

    /// <summary>What one process at a time may do, one document a name, which is its <c>_id</c>.</summary>
    public IMongoCollection<BsonDocument> Leases { get; } = database.GetCollection<BsonDocument>("leases");

    /// <summary>Writes one small document, and tries every collection: returns when the primary takes writes to all of them.</summary>
    public Task ProbeAsync(CancellationToken ct) => Task.WhenAll(
    [
        database.GetCollection<BsonDocument>("health").UpdateOneAsync(
            Probe,
            new BsonDocument("$set", new BsonDocument("at", (clock ?? TimeProvider.System).GetUtcNow().ToUnixTimeMilliseconds())),
            new UpdateOptions { IsUpsert = true },
            ct),
        .. All.Select(collection => collection.Find(Probe).Limit(1).AnyAsync(ct)),
        .. All.Select(collection => collection.UpdateOneAsync(Probe, Nothing, cancellationToken: ct)),
        .. All.Select(collection => collection.DeleteOneAsync(Probe, ct)),
        .. All.Select(collection => AskToInsertAsync(collection.CollectionNamespace.CollectionName, ct)),
    ]);

    // How it would be done, which only who may do it is told, and of which nothing is left.
    private async Task AskToInsertAsync(string collection, CancellationToken ct)
    {
        var upsert = new BsonDocument { { "q", Probe }, { "u", Nothing }, { "upsert", true } };
        var explain = new BsonDocument
        {
            { "explain", new BsonDocument { { "update", collection }, { "updates", new BsonArray { upsert } } } },
            { "verbosity", "queryPlanner" },
        };
        try
        {
            await database.RunCommandAsync<BsonDocument>(explain, cancellationToken: ct);
        }
        catch (MongoCommandException e) when (e.Code != Unauthorized)
        {
            // Not every server that speaks its protocol explains writes.
        }
    }

    private IEnumerable<IMongoCollection<BsonDocument>> All => [Progress, Dubs, Claims, Callbacks, Edits, Turns, Served, Leases];

    /// <summary>The indexes that the collections are to have.</summary>
    public IReadOnlyList<(IMongoCollection<BsonDocument> Collection, IReadOnlyList<CreateIndexModel<BsonDocument>> Models)> Indexes =>
    [
        (Progress,
        [
            Index(new() { Name = "request_id", Unique = true }, "request_id"),
            // Only finished documents have the field; the server removes them once it has passed.
            Index(new() { Name = "expires_at", ExpireAfter = TimeSpan.Zero }, "expires_at"),
            Index(new() { Name = "stale" }, "expires_at", "updated_at"),
            Index(new() { Name = "kept_until", Sparse = true }, "kept_until"),
            Index(new() { Name = "running" }, "user_id", "expires_at"),
            // `ready_at` stands only on dubs that wait for a worker, `taken_at` only on those that one has taken.
            Index(new() { Name = "ready", Sparse = true }, "ready_at", "created_at"),
            Index(new() { Name = "taken", Sparse = true }, "taken_at"),
            Index(new() { Name = "unfinished" }, "expires_at", "created_at"),
            .. Newest,
        ]),
        (Callbacks,
        [
            Index(new() { Name = "request_id", Unique = true }, "request_id", "attempt"),
            Index(new() { Name = "next_at", Sparse = true }, "next_at"),
            Index(new() { Name = "created_at" }, "created_at"),
        ]),
        (Dubs,
        [
            Index(new() { Name = "request_id", Unique = true }, "request_id"),
            Index(new() { Name = "editable_until", Sparse = true }, "editable_until"),
            Index(new() { Name = "finished_at" }, "finished_at"),
            // Only documents that bar attempts have the field; longer than a deleted dub's document is kept.
            Index(new() { Name = "barred_at", ExpireAfter = TimeSpan.FromDays(400) }, "barred_at"),
            .. Newest,
        ]),
        (Served, [Index(new() { Name = "served_at", ExpireAfter = TimeSpan.FromDays(1) }, "served_at")]),
        (Edits, [Index(new() { Name = "request_id", Unique = true }, "request_id")]),
        (Claims,
        [
            Index(new() { Name = "key", Unique = true }, "user_id", "key"),
            Index(new() { Name = "expires_at", ExpireAfter = TimeSpan.Zero }, "expires_at"),
        ]),
    ];

    /// <summary>Makes the indexes that are not there.</summary>
    public async Task EnsureIndexesAsync(CancellationToken ct)
    {
        foreach (var (collection, models) in Indexes)
            await collection.Indexes.CreateManyAsync(models, ct);
    }

    private static IEnumerable<CreateIndexModel<BsonDocument>> Newest =>
    [
        Index(new() { Name = "newest" }, "user_id", "created_at", "request_id"),
        Index(new() { Name = "newest_of_project" }, "user_id", "project_id", "created_at", "request_id"),
    ];

    private static CreateIndexModel<BsonDocument> Index(CreateIndexOptions options, params string[] fields) =>
        new(new BsonDocument(fields.Select(field => new BsonElement(field, 1))), options);
}
