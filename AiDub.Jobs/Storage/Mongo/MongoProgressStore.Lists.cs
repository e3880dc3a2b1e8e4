using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <remarks>What is found, counted and removed of many dubs at once.</remarks>
public sealed partial class MongoProgressStore
{
    private static readonly BsonDocument LeftAloneLongest = new() { { "updated_at", 1 }, { "request_id", 1 } };
    private static readonly BsonDocument OldestFirst = new() { { "created_at", 1 }, { "request_id", 1 } };

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubProgress>> FindUnkeptAsync(DateTimeOffset before, int limit, CancellationToken ct)
    {
        var unkept = new BsonDocument("kept_until", new BsonDocument("$lte", BsonRecords.Of(before)));
        var found = await _progress.Find(unkept).Sort(new BsonDocument("kept_until", 1)).Limit(limit).ToListAsync(ct);
        return [.. found.Select(BsonRecords.Progress)];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubProgress>> FindStaleAsync(
        DateTimeOffset before, DateTimeOffset ahead, DubProgress? after, int limit, CancellationToken ct)
    {
        var alone = new BsonArray
        {
            new BsonDocument("updated_at", new BsonDocument("$lt", BsonRecords.Of(before))),
            new BsonDocument("updated_at", new BsonDocument("$gt", BsonRecords.Of(ahead))),
        };
        var untakeable = new BsonArray
        {
            new BsonDocument("ready_at", BsonNull.Value),
            new BsonDocument("heartbeat_at", new BsonDocument("$ne", BsonNull.Value)),
            new BsonDocument("job_id", BsonNull.Value),
        };
        var all = new BsonArray { new BsonDocument("$or", alone), new BsonDocument("$or", untakeable) };
        if (after is not null)
            all.Add(new BsonDocument("$or", Beyond("updated_at", after.UpdatedAt, after.RequestId)));
        var stale = Running(new BsonDocument("expires_at", BsonNull.Value)).Add("$and", all);
        var found = await _progress.Find(stale).Sort(LeftAloneLongest).Limit(limit).ToListAsync(ct);
        return [.. found.Select(BsonRecords.Progress)];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubProgress>> FindUnfinishedAsync(DubCursor? after, int limit, CancellationToken ct)
    {
        var unfinished = Running(new BsonDocument("expires_at", BsonNull.Value));
        if (after is { } last)
            unfinished.Add("$or", Beyond("created_at", last.CreatedAt, last.RequestId));
        var found = await _progress.Find(unfinished).Sort(OldestFirst).Limit(limit).ToListAsync(ct);
        return [.. found.Select(BsonRecords.Progress)];
    }

    /// <inheritdoc />
    public async Task<int> CountRunningAsync(long userId, CancellationToken ct) =>
        (int)await _progress.CountDocumentsAsync(
            Running(new BsonDocument { { "user_id", userId }, { "expires_at", BsonNull.Value } }), cancellationToken: ct);

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubProgress>> FindAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct) =>
        [.. (await _progress.OfAsync(requestIds, ct)).Select(BsonRecords.Progress)];

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubProgress>> ListAsync(DubQuery query, CancellationToken ct)
    {
        var state = query.State switch
        {
            null => [],
            ListedState.Queued => Running([]).Add("heartbeat_at", BsonNull.Value),
            ListedState.Running => Running([]).Add("heartbeat_at", new BsonDocument("$ne", BsonNull.Value)),
            ListedState.Complete =>
                new BsonDocument { { "exception", BsonNull.Value }, { "final_response", new BsonDocument("$ne", BsonNull.Value) } },
            _ =>
                new BsonDocument { { "exception", new BsonDocument("$ne", BsonNull.Value) },
                    { "exception_code", new BsonDocument("$ne", FailureCode.Deleted.Value) } },
        };
        return [.. (await _progress.NewestAsync(query, state, ct)).Select(BsonRecords.Progress)];
    }

    /// <inheritdoc />
    /// <remarks>The server does the same once a minute; what it removed first is not among the ids.</remarks>
    public async Task<IReadOnlyList<Guid>> RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct)
    {
        var expired = new BsonDocument("expires_at", new BsonDocument("$lte", BsonRecords.Of(now)));
        var removed = new List<Guid>();
        while (Read(await _progress.FindOneAndDeleteAsync<BsonDocument>(expired, cancellationToken: ct)) is { } dub)
            removed.Add(dub.RequestId);
        return removed;
    }

    private static BsonArray Beyond(string field, DateTimeOffset time, Guid requestId) =>
    [
        new BsonDocument(field, new BsonDocument("$gt", BsonRecords.Of(time))),
        new BsonDocument { { field, BsonRecords.Of(time) }, { "request_id", new BsonDocument("$gt", BsonRecords.Of(requestId)) } },
    ];
}
