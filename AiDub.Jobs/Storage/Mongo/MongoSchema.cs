using AiDub.Jobs.Storage.Schema;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>
/// The version in the collection <c>schema</c>, and the collections' indexes. Nothing relies on an index but for speed: every document's
/// <c>_id</c> says whose it is.
/// </summary>
public sealed class MongoSchema(IMongoDatabase database, MongoRecords records) : IRecordSchema
{
    private static readonly UpdateOptions Upsert = new() { IsUpsert = true };
    private static readonly BsonDocument Noted = new("_id", "records");

    private IMongoCollection<BsonDocument> Versions => database.GetCollection<BsonDocument>("schema");

    /// <inheritdoc />
    public async Task<int> VersionAsync(CancellationToken ct) =>
        (await Versions.Find(Noted).FirstOrDefaultAsync(ct))?["version"].ToInt32() ?? 0;

    /// <inheritdoc />
    public Task NoteVersionAsync(CancellationToken ct) =>
        Versions.UpdateOneAsync(Noted, new BsonDocument("$max", new BsonDocument("version", SchemaVersion.Current)), Upsert, ct);

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> FindMissingAsync(CancellationToken ct)
    {
        var missing = new List<string>();
        foreach (var (collection, models) in records.Indexes)
        {
            var there = (await (await collection.Indexes.ListAsync(ct)).ToListAsync(ct))
                .Select(index => index["name"].AsString)
                .ToHashSet();
            missing.AddRange(models.Where(model => !there.Contains(model.Options.Name)).Select(model => NameOf(collection, model)));
        }
        return missing;
    }

    /// <inheritdoc />
    public async Task CreateAsync(string index, CancellationToken ct)
    {
        var (collection, model) = records.Indexes.SelectMany(of => of.Models.Select(model => (of.Collection, model)))
            .First(of => NameOf(of.Collection, of.model) == index);
        while (true)
        {
            try
            {
                await collection.Indexes.CreateOneAsync(model, cancellationToken: ct);
                return;
            }
            catch (MongoConnectionException e) when (e.ContainsTimeoutException)
            {
                // The server goes on building it; asking again waits for that.
            }
        }
    }

    private static string NameOf(IMongoCollection<BsonDocument> collection, CreateIndexModel<BsonDocument> model) =>
        $"{collection.CollectionNamespace.CollectionName}.{model.Options.Name}";
}
