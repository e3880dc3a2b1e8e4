using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>The main table as the collection <c>dubs</c>.</summary>
public sealed class MongoDubStore(MongoRecords records) : IDubStore
{
    private static readonly ReplaceOptions Upsert = new() { IsUpsert = true };

    /// <inheritdoc />
    public Task PutAsync(DubRecord record, CancellationToken ct) =>
        records.Dubs.ReplaceOneAsync(Is(record.Order.RequestId), BsonRecords.Of(record), Upsert, ct);

    /// <inheritdoc />
    public Task RemoveAsync(Guid requestId, CancellationToken ct) => records.Dubs.DeleteOneAsync(Is(requestId), ct);

    /// <inheritdoc />
    public async Task<DubRecord?> FindAsync(Guid requestId, CancellationToken ct) =>
        await records.Dubs.Find(Is(requestId)).FirstOrDefaultAsync(ct) is { } found ? BsonRecords.Record(found) : null;

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubRecord>> ListAsync(DubQuery query, CancellationToken ct) =>
        [.. (await records.Dubs.NewestAsync(query, [], ct)).Select(BsonRecords.Record)];

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubRecord>> FindEditableAsync(DateTimeOffset until, int limit, CancellationToken ct)
    {
        var ended = new BsonDocument("editable_until", new BsonDocument("$lte", BsonRecords.Of(until)));
        var found = await records.Dubs.Find(ended).Sort(new BsonDocument("editable_until", 1)).Limit(limit).ToListAsync(ct);
        return [.. found.Select(BsonRecords.Record)];
    }

    /// <inheritdoc />
    public async Task<bool> EndEditingAsync(Guid requestId, int revision, CancellationToken ct)
    {
        // A first dub's record has no field for its revision.
        var same = Is(requestId).Add("revision", revision == 0 ? BsonNull.Value : revision);
        return (await records.Dubs.UpdateOneAsync(same, new BsonDocument("$unset", new BsonDocument("editable_until", "")), cancellationToken: ct)).MatchedCount == 1;
    }

    private static BsonDocument Is(Guid requestId) => new("request_id", BsonRecords.Of(requestId));
}
