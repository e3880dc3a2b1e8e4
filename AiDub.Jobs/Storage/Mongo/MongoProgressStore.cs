using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>
/// Progress documents as the collection <c>progress</c>; every change is one command on one document, whose <c>_id</c> is its dub's.
/// </summary>
public sealed partial class MongoProgressStore(MongoRecords records) : IProgressStore
{
    private static readonly FindOneAndUpdateOptions<BsonDocument> After = new() { ReturnDocument = ReturnDocument.After };
    private static readonly FindOneAndUpdateOptions<BsonDocument> AfterUpsert = new()
    {
        ReturnDocument = ReturnDocument.After,
        IsUpsert = true,
    };

    // Longer than a write that nobody waits for any more is on its way.
    private static readonly TimeSpan LongestWay = TimeSpan.FromHours(2);

    private readonly IMongoCollection<BsonDocument> _progress = records.Progress;
    private readonly MongoFinds _finds = new(records.Progress);

    /// <inheritdoc />
    public async Task<bool> AddAsync(DubProgress progress, CancellationToken ct)
    {
        try
        {
            await _progress.InsertOneAsync(
                new BsonDocument("_id", BsonRecords.Of(progress.RequestId)).AddRange(BsonRecords.Of(progress)), cancellationToken: ct);
            return true;
        }
        catch (MongoWriteException e) when (e.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public async Task<bool> RestartAsync(DubProgress next, CancellationToken ct)
    {
        var finished = Is(next.RequestId).Add("exception_code", new BsonDocument("$ne", FailureCode.Deleted.Value)).Add("$or", new BsonArray
        {
            new BsonDocument("exception", new BsonDocument("$ne", BsonNull.Value)),
            new BsonDocument("final_response", new BsonDocument("$ne", BsonNull.Value)),
        });
        var replaced = await _progress.ReplaceOneAsync(finished, BsonRecords.Of(next), cancellationToken: ct);
        return replaced.MatchedCount == 1 || await AddAsync(next, ct);
    }

    /// <inheritdoc />
    public async Task<DubProgress?> FindAsync(Guid requestId, CancellationToken ct) =>
        Read(await _finds.FindAsync(requestId, ct));

    /// <inheritdoc />
    public async Task<DubProgress?> ClaimAsync(Guid requestId, DateTimeOffset now, DateTimeOffset staleBefore, CancellationToken ct)
    {
        var free = Running(Is(requestId)).Add("$or", new BsonArray
        {
            new BsonDocument("heartbeat_at", BsonNull.Value),
            new BsonDocument("heartbeat_at", new BsonDocument("$lt", BsonRecords.Of(staleBefore))),
        });
        var claim = new BsonDocument
        {
            { "$inc", new BsonDocument("attempt", 1) },
            { "$set", new BsonDocument { { "heartbeat_at", BsonRecords.Of(now) }, { "taken_at", BsonRecords.Of(now) },
                { "updated_at", BsonRecords.Of(now) } } },
            { "$unset", new BsonDocument("ready_at", "") },
        };
        return Read(await _progress.FindOneAndUpdateAsync<BsonDocument>(free, claim, After, ct));
    }

    /// <inheritdoc />
    public Task<bool> SaveAsync(DubProgress next, CancellationToken ct) => SaveAsync(next, Running(Is(next.RequestId)), ct);

    /// <inheritdoc />
    public Task<bool> SaveFailedAsync(DubProgress next, CancellationToken ct) =>
        SaveAsync(
            next,
            Is(next.RequestId)
                .Add("exception", new BsonDocument("$ne", BsonNull.Value))
                .Add("exception_code", new BsonDocument("$nin", new BsonArray(Lasting(next)))),
            ct);

    // What a failed dub stays once it is. A write that its caller has given up on may arrive after whatever he did next.
    private static string[] Lasting(DubProgress next) => next switch
    {
        { IsDeleted: true } => [],
        { State: DubState.Failed } => [FailureCode.Deleted.Value],
        _ => [FailureCode.Deleted.Value, FailureCode.Cancelled.Value],
    };

    private async Task<bool> SaveAsync(DubProgress next, BsonDocument state, CancellationToken ct)
    {
        var owned = BsonRecords.Owned(next).ToLookup(field => field.Value == BsonNull.Value);
        var change = new BsonDocument("$set", new BsonDocument(owned[false]));
        var gone = owned[true].Select(field => field.Name).ToList();
        if (next.HeartbeatAt is null)
            gone.Add("taken_at");
        if (gone.Count > 0)
            change.Add("$unset", new BsonDocument(gone.Select(name => new BsonElement(name, ""))));
        // A first dub's document has no field for its revision.
        var revision = next.Order.Revision;
        state.Add("attempt", next.Attempt).Add("revision", revision == 0 ? BsonNull.Value : revision);
        if (next.ReadyAt is not null)
            state.Add("job_id", next.JobId is { } job ? job : BsonNull.Value);
        var saved = await _progress.UpdateOneAsync(state, change, cancellationToken: ct);
        return saved.MatchedCount == 1;
    }

    /// <inheritdoc />
    public async Task<DubProgress?> TakeCompleteAsync(long userId, Guid requestId, CancellationToken ct) =>
        Read(await _progress.FindOneAndDeleteAsync<BsonDocument>(
            Is(requestId).Add("user_id", userId).Add("final_response", new BsonDocument("$ne", BsonNull.Value)), cancellationToken: ct));

    /// <inheritdoc />
    public async Task<DubProgress> DeleteAsync(DubProgress deleted, CancellationToken ct)
    {
        string[] changed = ["exception", "exception_code", "updated_at", "expires_at", "kept_until"];
        var document = BsonRecords.Of(deleted);
        var change = new BsonDocument
        {
            { "$set", new BsonDocument(document.Where(field => changed.Contains(field.Name))) },
            // What the filter says is written by it.
            {
                "$setOnInsert",
                new BsonDocument("_id", BsonRecords.Of(deleted.RequestId)).AddRange(document.Where(
                    field =>
                        !changed.Contains(field.Name) && field.Name is not "request_id" and not "final_response" and not "heartbeat_at"))
            },
            { "$unset", new BsonDocument("final_response", "") },
        };
        return BsonRecords.Progress(await _progress.FindOneAndUpdateAsync<BsonDocument>(Is(deleted.RequestId), change, AfterUpsert, ct));
    }

    /// <inheritdoc />
    /// <remarks>
    /// A document that is on its way finds one of a deleted dub in its place, which goes as those of users' do; the files that it may have
    /// are looked for once, before it goes.
    /// </remarks>
    public async Task ForgetAsync(IReadOnlyList<DubProgress> refused, CancellationToken ct)
    {
        foreach (var dub in refused)
        {
            var deleted = dub.Apply(new DubTransition.Delete(dub.CreatedAt + LongestWay), dub.CreatedAt);
            await DeleteAsync(deleted.Apply(new DubTransition.Clean(), dub.CreatedAt), ct);
        }
    }

    /// <inheritdoc />
    public Task RemoveAsync(Guid requestId, CancellationToken ct) => _progress.DeleteOneAsync(Is(requestId), ct);

    private static BsonDocument Is(Guid requestId) => new("request_id", BsonRecords.Of(requestId));

    private static BsonDocument Running(BsonDocument filter) =>
        filter.Add("exception", BsonNull.Value).Add("final_response", BsonNull.Value);

    private static DubProgress? Read(BsonDocument? document) => document is null ? null : BsonRecords.Progress(document);
}
