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

    private static BsonDocument Is(Guid requestId) => new("request_id", BsonRecords.Of(requestId));
}
