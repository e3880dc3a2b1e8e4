using AiDub.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>Leases as the collection <c>leases</c>, one document a name.</summary>
public sealed class MongoLeases(MongoRecords records) : ILeases
{
    private static readonly UpdateOptions Upsert = new() { IsUpsert = true };

    /// <inheritdoc />
    public async Task<bool> HoldAsync(string name, Guid holder, DateTimeOffset now, DateTimeOffset until, CancellationToken ct)
    {
        var free = new BsonDocument("_id", name).Add("$or", new BsonArray
        {
            new BsonDocument("holder", BsonRecords.Of(holder)),
            new BsonDocument("until", new BsonDocument("$lte", BsonRecords.Of(now))),
            new BsonDocument("until", new BsonDocument("$gt", BsonRecords.Of(until + ClockLeeway.Most))),
        });
        var hold = new BsonDocument("$set", new BsonDocument { { "holder", BsonRecords.Of(holder) }, { "until", BsonRecords.Of(until) } });
        try
        {
            await records.Leases.UpdateOneAsync(free, hold, Upsert, ct);
            return true;
        }
        catch (MongoWriteException e) when (e.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return false; // It is there, and another's.
        }
    }

    /// <inheritdoc />
    public Task ReleaseAsync(string name, Guid holder, CancellationToken ct) =>
        records.Leases.DeleteOneAsync(new BsonDocument { { "_id", name }, { "holder", BsonRecords.Of(holder) } }, ct);
}
