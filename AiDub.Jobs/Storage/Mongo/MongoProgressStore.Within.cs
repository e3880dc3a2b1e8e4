using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <remarks>What a user may have only so much of at a time: it is counted and written in his turn.</remarks>
public sealed partial class MongoProgressStore
{
    private readonly MongoUserTurns _turns = new(records.Turns);

    /// <inheritdoc />
    public Task<bool> AddWithinAsync(IReadOnlyList<DubProgress> dubs, int most, CancellationToken ct)
    {
        var (user, now) = (dubs[0].Order.UserId, dubs[0].CreatedAt);
        return _turns.InTurnAsync(user, now, async () =>
        {
            if (await CountOthersAsync(user, dubs, ct) + dubs.Count > most)
                return false;
            var added = new List<Guid>();
            foreach (var dub in dubs)
            {
                if (await AddAsync(dub, ct))
                    added.Add(dub.RequestId);
            }
            // Whoever took longer than a turn lasts gives back what he wrote: there are never more than may be.
            if (await CountRunningAsync(user, ct) <= most)
                return true;
            foreach (var id in added)
                await RemoveAsync(id, CancellationToken.None);
            return false;
        }, ct);
    }

    /// <inheritdoc />
    public Task<Rerun> SaveFailedWithinAsync(DubProgress next, int most, CancellationToken ct) =>
        RerunWithinAsync(next, most, () => SaveFailedAsync(next, ct), ct);

    /// <inheritdoc />
    public Task<Rerun> RestartWithinAsync(DubProgress next, int most, CancellationToken ct) =>
        RerunWithinAsync(next, most, () => RestartAsync(next, ct), ct);

    private Task<Rerun> RerunWithinAsync(DubProgress next, int most, Func<Task<bool>> write, CancellationToken ct)
    {
        var user = next.Order.UserId;
        return _turns.InTurnAsync(user, next.UpdatedAt, async () =>
        {
            var before = await _progress.Find(Is(next.RequestId)).FirstOrDefaultAsync(ct);
            if (Read(before) is { State: DubState.Running })
                return Rerun.Refused;
            if (await CountOthersAsync(user, [next], ct) >= most)
                return Rerun.TooMany;
            if (!await write())
                return Rerun.Refused;
            // As above; what a worker has taken meanwhile goes on.
            if (await CountRunningAsync(user, CancellationToken.None) <= most || !await PutBackAsync(next, before))
                return Rerun.Begun;
            return Rerun.TooMany;
        }, ct);
    }

    private async Task<bool> PutBackAsync(DubProgress written, BsonDocument? before)
    {
        var untaken = Running(Is(written.RequestId)).Add("attempt", written.Attempt).Add("heartbeat_at", BsonNull.Value);
        return before is null
            ? (await _progress.DeleteOneAsync(untaken, CancellationToken.None)).DeletedCount == 1
            : (await _progress.ReplaceOneAsync(untaken, before, cancellationToken: CancellationToken.None)).MatchedCount == 1;
    }

    private Task<long> CountOthersAsync(long user, IReadOnlyList<DubProgress> dubs, CancellationToken ct) =>
        _progress.CountDocumentsAsync(
            Running(new BsonDocument
            {
                { "user_id", user },
                { "expires_at", BsonNull.Value },
                { "request_id", new BsonDocument("$nin", new BsonArray(dubs.Select(dub => BsonRecords.Of(dub.RequestId)))) },
            }),
            cancellationToken: ct);
}
