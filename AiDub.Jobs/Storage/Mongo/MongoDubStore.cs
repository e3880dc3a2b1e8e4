using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>The main table as the collection <c>dubs</c>; every change is one command on one document, or repeated until it is.</summary>
/// <remarks>
/// A record's <c>_id</c> is its dub's (an ObjectId in those of versions before). Where a dub has no record and attempts are shut out, a
/// document under that <c>_id</c> bars their way: its <c>request_id</c> is nobody's, so that no reader takes it for a record, and the
/// server removes it after a year.
/// </remarks>
public sealed class MongoDubStore(MongoRecords records, TimeProvider clock) : IDubStore
{
    private static readonly UpdateOptions Upsert = new() { IsUpsert = true };

    /// <inheritdoc />
    public async Task<bool> PutAsync(DubRecord record, CancellationToken ct)
    {
        var (id, document) = (record.Order.RequestId, BsonRecords.Of(record));
        try
        {
            await records.Dubs.InsertOneAsync(Key(id).AddRange(document), cancellationToken: ct);
            return true;
        }
        catch (MongoWriteException e) when (e.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // A record, or a bar.
        }
        if ((await records.Dubs.ReplaceOneAsync(Before(record.Attempt, Is(id)), document, cancellationToken: ct)).MatchedCount == 1)
            return true;
        if (await records.Dubs.Find(Is(id)).AnyAsync(ct))
            return false;
        return (await records.Dubs.ReplaceOneAsync(Before(record.Attempt, Key(id)), document, cancellationToken: ct)).MatchedCount == 1;
    }

    /// <inheritdoc />
    public async Task ShutOutAsync(Guid requestId, int attempt, CancellationToken ct)
    {
        var max = new BsonDocument("$max", new BsonDocument("shut_out", attempt));
        if ((await records.Dubs.UpdateOneAsync(Is(requestId), max, cancellationToken: ct)).MatchedCount == 0)
            await BarAsync(requestId, attempt, ct);
    }

    /// <inheritdoc />
    public async Task<int> FindShutOutAsync(Guid requestId, CancellationToken ct)
    {
        // The record, or the bar.
        var either = new BsonDocument("$or", new BsonArray { Is(requestId), Key(requestId) });
        var found = await records.Dubs.Find(either).ToListAsync(ct);
        return found.Select(document => document.GetValue("shut_out", 0).ToInt32()).DefaultIfEmpty().Max();
    }

    /// <inheritdoc />
    public async Task RemoveAsync(Guid requestId, int attempt, CancellationToken ct)
    {
        while (await records.Dubs.Find(UpTo(attempt, Key(requestId).AddRange(Is(requestId)))).FirstOrDefaultAsync(ct) is { } found)
        {
            // The bar takes the record's place at once, and bars no fewer than the record did.
            var before = found.GetValue("shut_out", BsonNull.Value);
            var bar = new BsonDocument
            {
                { "request_id", Nobody(requestId) },
                { "shut_out", before.IsNumeric ? Math.Max(before.ToInt32(), attempt) : attempt },
                { "barred_at", BsonRecords.Of(clock.GetUtcNow()) },
            };
            var same = UpTo(attempt, Key(requestId).AddRange(Is(requestId)).Add("shut_out", before));
            if ((await records.Dubs.ReplaceOneAsync(same, bar, cancellationToken: ct)).MatchedCount == 1)
                return;
        }
        await BarAsync(requestId, attempt, ct);
        // One whose _id is not the dub's is behind the bar already.
        var shut = new BsonDocument("$max", new BsonDocument("shut_out", attempt));
        await records.Dubs.UpdateOneAsync(Is(requestId), shut, cancellationToken: ct);
        await records.Dubs.DeleteOneAsync(UpTo(attempt, Is(requestId)), ct);
    }

    /// <inheritdoc />
    public async Task<DubRecord?> FindAsync(Guid requestId, CancellationToken ct) =>
        await records.Dubs.Find(Is(requestId)).FirstOrDefaultAsync(ct) is { } found ? BsonRecords.Record(found) : null;

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubRecord>> FindAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct) =>
        [.. (await records.Dubs.OfAsync(requestIds, ct)).Select(BsonRecords.Record)];

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
    public async Task<IReadOnlyList<DubRecord>> FindEditableOfAsync(long userId, CancellationToken ct)
    {
        var editable = new BsonDocument { { "user_id", userId }, { "editable_until", new BsonDocument("$exists", true) } };
        return [.. (await records.Dubs.Find(editable).ToListAsync(ct)).Select(BsonRecords.Record)];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubRecord>> FindFinishedAsync(DateTimeOffset before, int limit, CancellationToken ct)
    {
        var finished = new BsonDocument("finished_at", new BsonDocument("$lt", BsonRecords.Of(before)));
        var found = await records.Dubs.Find(finished).Sort(new BsonDocument("finished_at", 1)).Limit(limit).ToListAsync(ct);
        return [.. found.Select(BsonRecords.Record)];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubRecord>> FindLatestAsync(int limit, CancellationToken ct)
    {
        // Bars are among them, and were never finished.
        var finished = new BsonDocument("finished_at", new BsonDocument("$exists", true));
        var found = await records.Dubs.Find(finished).Sort(new BsonDocument("finished_at", -1)).Limit(limit).ToListAsync(ct);
        return [.. found.Select(BsonRecords.Record)];
    }

    /// <inheritdoc />
    public async Task<bool> EndEditingAsync(Guid requestId, int revision, CancellationToken ct)
    {
        // A first dub's record has no field for its revision.
        var same = Is(requestId).Add("revision", revision == 0 ? BsonNull.Value : revision);
        return (
            await records.Dubs.UpdateOneAsync(
                same, new BsonDocument("$unset", new BsonDocument("editable_until", "")), cancellationToken: ct)).MatchedCount == 1;
    }

    private async Task BarAsync(Guid requestId, int attempt, CancellationToken ct)
    {
        var bar = new BsonDocument
        {
            { "$max", new BsonDocument("shut_out", attempt) },
            { "$setOnInsert", new BsonDocument { { "request_id", Nobody(requestId) },
                { "barred_at", BsonRecords.Of(clock.GetUtcNow()) } } },
        };
        await records.Dubs.UpdateOneAsync(Key(requestId), bar, Upsert, ct);
    }

    private static string Nobody(Guid requestId) => $"none:{BsonRecords.Of(requestId)}";

    // What a version before wrote has neither field.
    private static BsonDocument Before(int attempt, BsonDocument filter) => filter.Add("$and", new BsonArray
    {
        Either("shut_out", new BsonDocument("$lt", attempt)),
        Either("attempt", new BsonDocument("$lte", attempt)),
    });

    private static BsonDocument UpTo(int attempt, BsonDocument filter) =>
        filter.Add("$or", Either("attempt", new BsonDocument("$lte", attempt))["$or"]);

    private static BsonDocument Either(string field, BsonValue condition) =>
        new("$or", new BsonArray { new BsonDocument(field, BsonNull.Value), new BsonDocument(field, condition) });

    private static BsonDocument Key(Guid requestId) => new("_id", BsonRecords.Of(requestId));

    private static BsonDocument Is(Guid requestId) => new("request_id", BsonRecords.Of(requestId));
}
