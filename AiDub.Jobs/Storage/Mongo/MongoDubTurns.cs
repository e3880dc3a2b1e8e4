using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>
/// Turns as fields of the progress documents: <c>ready_at</c>, <c>taken_at</c> and <c>queue</c>; the collection <c>served</c> says when
/// each user last had a dub taken.
/// </summary>
/// <remarks>
/// Who has how many dubs is read before a dub is taken, in another command. Two workers that read at once choose the same dub, one of them
/// gets it, and the other the same user's next; at worst a user gets one dub a process early, and then waits for it.
/// </remarks>
public sealed class MongoDubTurns(MongoRecords records) : IDubTurns
{
    private static readonly FindOneAndUpdateOptions<BsonDocument> Oldest =
        new() { ReturnDocument = ReturnDocument.After, Sort = new BsonDocument { { "created_at", 1 }, { "request_id", 1 } } };

    private readonly IMongoCollection<BsonDocument> _progress = records.Progress;

    /// <inheritdoc />
    public Task OfferAsync(Guid requestId, QueuedJob job, DateTimeOffset now, DateTimeOffset readyAt, CancellationToken ct) =>
        _progress.UpdateOneAsync(Unheld(requestId), Offer(job, now, readyAt), cancellationToken: ct);

    /// <inheritdoc />
    public async Task<bool> OfferNewAsync(Guid requestId, QueuedJob job, string? insteadOf, DateTimeOffset now, CancellationToken ct)
    {
        var same = Unheld(requestId).Add("job_id", new BsonDocument("$in", new BsonArray { BsonNull.Value, JobOf(insteadOf) }));
        return (await _progress.UpdateOneAsync(same, Offer(job, now, now), cancellationToken: ct)).MatchedCount == 1;
    }

    /// <inheritdoc />
    public async Task<bool> BeginOfferAsync(DubProgress seen, DateTimeOffset now, CancellationToken ct)
    {
        var same = Running(Is(seen.RequestId))
            .Add("attempt", seen.Attempt)
            .Add("updated_at", BsonRecords.Of(seen.UpdatedAt))
            .Add("heartbeat_at", BsonRecords.Of(seen.HeartbeatAt))
            .Add("job_id", JobOf(seen.JobId));
        // Nobody holds it: whoever did is dead.
        var change = new BsonDocument
        {
            { "$set", new BsonDocument("updated_at", BsonRecords.Of(now)) },
            { "$unset", new BsonDocument { { "heartbeat_at", "" }, { "taken_at", "" } } },
        };
        return (await _progress.UpdateOneAsync(same, change, cancellationToken: ct)).MatchedCount == 1;
    }

    /// <inheritdoc />
    public async Task<DubTurn?> TakeAsync(TurnRequest request, CancellationToken ct)
    {
        foreach (var queue in request.Queues)
        {
            var waiting = await WaitingSinceAsync(request, queue, ct);
            if (waiting.Count == 0)
                continue;
            foreach (var fairest in Fairest(waiting, await TakenAsync(request.Now, ct), request.MostOfUser))
            {
                var free = Free(request, queue).Add("user_id", new BsonDocument("$in", new BsonArray(fairest)));
                var take = new BsonDocument(
                    "$set",
                    new BsonDocument { { "taken_at", BsonRecords.Of(request.Now) }, { "ready_at", BsonRecords.Of(request.Until) } });
                if (await _progress.FindOneAndUpdateAsync<BsonDocument>(free, take, Oldest, ct) is not { } dub)
                    continue;
                var user = dub["user_id"].ToInt64();
                await ServeAsync(user, request.Now, ct);
                return new DubTurn(Guid.Parse(dub["request_id"].AsString), user, new QueuedJob(dub["job_id"].AsString, queue));
            }
        }
        return null;
    }

    /// <inheritdoc />
    public async Task<bool> WithdrawAsync(Guid requestId, string jobId, CancellationToken ct)
    {
        var idle = Unheld(requestId).Add("job_id", jobId);
        var change = new BsonDocument("$unset", new BsonDocument { { "job_id", "" }, { "ready_at", "" }, { "taken_at", "" } });
        return (await _progress.UpdateOneAsync(idle, change, cancellationToken: ct)).MatchedCount == 1;
    }

    /// <inheritdoc />
    public async Task<DateTimeOffset?> NextAsync(IReadOnlyCollection<string> queues, CancellationToken ct)
    {
        var waiting = Waiting()
            .Add("ready_at", new BsonDocument("$ne", BsonNull.Value))
            .Add("queue", new BsonDocument("$in", new BsonArray(queues)));
        var next = await _progress.Find(waiting).Sort(new BsonDocument("ready_at", 1)).Limit(1)
            .Project(new BsonDocument { { "_id", 0 }, { "ready_at", 1 } }).FirstOrDefaultAsync(ct);
        return next is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(next["ready_at"].AsBsonDateTime.MillisecondsSinceEpoch);
    }

    /// <inheritdoc />
    public async Task<QueueDepth> DepthAsync(DateTimeOffset now, CancellationToken ct)
    {
        var waiting = (int)await _progress.CountDocumentsAsync(Ready(now), cancellationToken: ct);
        if (waiting == 0)
            return new QueueDepth(0, null);
        var oldest = await _progress.Find(Ready(now)).Sort(new BsonDocument("created_at", 1)).Limit(1)
            .Project(new BsonDocument { { "_id", 0 }, { "created_at", 1 } }).FirstOrDefaultAsync(ct);
        return new QueueDepth(
            waiting,
            oldest is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(oldest["created_at"].AsBsonDateTime.MillisecondsSinceEpoch));
    }

    // As many documents as there are workers at work.
    private async Task<Dictionary<long, int>> TakenAsync(DateTimeOffset now, CancellationToken ct)
    {
        var taken = Running(new BsonDocument("taken_at", new BsonDocument("$gt", BsonRecords.Of(DateTimeOffset.UnixEpoch))))
            .Add("$or", new BsonArray
        {
            new BsonDocument("ready_at", BsonNull.Value),
            new BsonDocument("ready_at", new BsonDocument("$gt", BsonRecords.Of(now))),
        });
        var users = await _progress.Find(taken).Project(new BsonDocument { { "_id", 0 }, { "user_id", 1 } }).ToListAsync(ct);
        return users.CountBy(dub => dub["user_id"].ToInt64()).ToDictionary();
    }

    // Who has a dub that may be taken, and since when he waits: since that came, or since another of his was taken after it had.
    private async Task<Dictionary<long, DateTime>> WaitingSinceAsync(TurnRequest request, string queue, CancellationToken ct)
    {
        BsonDocument[] stages =
        [
            new("$match", Free(request, queue)),
            new("$group", new BsonDocument { { "_id", "$user_id" }, { "oldest", new BsonDocument("$min", "$created_at") } }),
        ];
        using var found = await _progress.AggregateAsync<BsonDocument>(stages, cancellationToken: ct);
        var users = await found.ToListAsync(ct);
        if (users.Count == 0)
            return [];
        var known = new BsonDocument("_id", new BsonDocument("$in", new BsonArray(users.Select(user => user["_id"]))));
        var served = (await records.Served.Find(known).ToListAsync(ct))
            .ToDictionary(user => user["_id"].ToInt64(), user => user["served_at"].ToUniversalTime());
        return users.ToDictionary(user => user["_id"].ToInt64(), user =>
        {
            var (came, last) = (user["oldest"].ToUniversalTime(), served.GetValueOrDefault(user["_id"].ToInt64()));
            // A time so far ahead is of before a clock was put back.
            return last > came && last <= request.Ahead.UtcDateTime ? last : came;
        });
    }

    private async Task ServeAsync(long user, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await records.Served.UpdateOneAsync(
                new BsonDocument("_id", user),
                new BsonDocument("$set", new BsonDocument("served_at", BsonRecords.Of(now))),
                new UpdateOptions { IsUpsert = true },
                ct);
        }
        catch (Exception e) when (e is MongoException or TimeoutException)
        {
            // The dub is taken, and whoever asked must learn of it. At worst its user is next once too early.
        }
    }

    // The fairest choice first; those of equals have the same right to be next.
    private static IEnumerable<IEnumerable<long>> Fairest(
        Dictionary<long, DateTime> waitingSince, Dictionary<long, int> taken, int most) =>
        waitingSince.Where(user => taken.GetValueOrDefault(user.Key) < most)
            .GroupBy(user => (taken.GetValueOrDefault(user.Key), user.Value), user => user.Key)
            .OrderBy(equals => equals.Key);

    private static BsonDocument Free(TurnRequest request, string queue) => Waiting()
        .Add("$or", new BsonArray { ReadyBy(request.Now), ReadyAfter(request.Ahead) })
        .Add("queue", queue)
        .Add("job_id", new BsonDocument("$ne", BsonNull.Value));

    private static BsonDocument Offer(QueuedJob job, DateTimeOffset now, DateTimeOffset readyAt) => new()
    {
        { "$set", new BsonDocument { { "job_id", job.Id }, { "queue", job.Queue }, { "ready_at", BsonRecords.Of(readyAt) } } },
        { "$unset", new BsonDocument("taken_at", "") },
        { "$max", new BsonDocument("updated_at", BsonRecords.Of(now)) },
    };

    private static BsonValue JobOf(string? id) => id is null ? BsonNull.Value : id;

    private static BsonDocument Is(Guid requestId) => new("request_id", BsonRecords.Of(requestId));

    private static BsonDocument Unheld(Guid requestId) => Waiting().AddRange(Is(requestId));

    private static BsonDocument Ready(DateTimeOffset now) => Waiting().AddRange(ReadyBy(now));

    private static BsonDocument ReadyBy(DateTimeOffset now) => new("ready_at", new BsonDocument("$lte", BsonRecords.Of(now)));

    private static BsonDocument ReadyAfter(DateTimeOffset time) => new("ready_at", new BsonDocument("$gt", BsonRecords.Of(time)));

    private static BsonDocument Waiting() => Running(new BsonDocument("heartbeat_at", BsonNull.Value));

    private static BsonDocument Running(BsonDocument filter) =>
        filter.Add("exception", BsonNull.Value).Add("final_response", BsonNull.Value);
}
