using AiDub.Jobs.Storage.Mongo;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Tests.StandIns;

/// <summary>A database of a test's own, gone when it is disposed.</summary>
internal sealed class MongoTestDatabase : IAsyncDisposable
{
    private readonly MongoClient _client;

    public MongoTestDatabase(string connectionString)
    {
        Options = new MongoOptions { ConnectionString = connectionString, Database = $"aidub-test-{Guid.NewGuid():N}" };
        _client = new MongoClient(MongoDeployment.Settings(Options));
        Database = _client.GetDatabase(Options.Database);
        Records = new MongoRecords(Database);
    }

    public MongoOptions Options { get; }

    public IMongoDatabase Database { get; }

    public MongoRecords Records { get; }

    /// <summary>The configuration that points a process at it, as environment variables.</summary>
    public (string Name, string Value)[] Environment =>
    [
        ("Storage__Provider", "Mongo"),
        ("Storage__Database", Options.Database),
        ("ConnectionStrings__Mongo", Options.ConnectionString),
    ];

    /// <summary>A progress document as another program reads it.</summary>
    public Task<BsonDocument> RawAsync(Guid requestId) =>
        Records.Progress.Find(new BsonDocument("request_id", requestId.ToString())).SingleAsync();

    /// <summary>How many durable records there are, of one dub or of all.</summary>
    public Task<long> CountDubsAsync(Guid? requestId) => Database.GetCollection<BsonDocument>("dubs").CountDocumentsAsync(
        requestId is null ? [] : new BsonDocument("request_id", requestId.ToString()));

    public async ValueTask DisposeAsync()
    {
        await _client.DropDatabaseAsync(Options.Database);
        _client.Dispose();
    }
}
