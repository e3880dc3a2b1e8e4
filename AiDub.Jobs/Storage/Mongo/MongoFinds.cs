using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>
/// Finds documents for everybody in this process who asks for one: those that are asked for while others are being fetched are fetched
/// together next. What is found was there after it was asked for.
/// </summary>
/// <param name="documents">The collection, whose documents are known by <c>request_id</c>.</param>
internal sealed class MongoFinds(IMongoCollection<BsonDocument> documents)
{
    // So few that many who ask share one.
    private const int MostUnderWay = 2;

    // As many as one answer of the server holds.
    private const int MostTogether = 100;

    // A connection that was cut without a word holds up those who ask after it for no longer.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _turn = new();
    private readonly Queue<Batch> _waiting = [];
    private Batch? _last;
    private int _underWay;

    /// <summary>The document of a request, or null.</summary>
    public async Task<BsonDocument?> FindAsync(Guid requestId, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var id = BsonRecords.Of(requestId);
        var found = await Join(id).WaitAsync(ct);
        return found.GetValueOrDefault(id);
    }

    private Task<Dictionary<BsonValue, BsonDocument>> Join(BsonValue id)
    {
        lock (_turn)
        {
            if (_underWay < MostUnderWay)
            {
                _underWay++;
                var alone = new Batch { IsBegun = true };
                alone.Ids.Add(id);
                _ = Task.Run(() => FetchAllAsync(alone));
                return alone.Found.Task;
            }
            if (_last is null || _last.IsBegun || _last.Ids.Count >= MostTogether)
            {
                _waiting.Enqueue(_last = new Batch());
                _ = HurryAsync(_last);
            }
            _last.Ids.Add(id);
            return _last.Found.Task;
        }
    }

    private async Task FetchAllAsync(Batch batch)
    {
        for (Batch? next = batch; next is not null; next = Next())
            await FetchAsync(next);
    }

    private Batch? Next()
    {
        lock (_turn)
        {
            while (_waiting.TryDequeue(out var next))
            {
                if (next.TryBegin())
                    return next;
            }
            _underWay--;
            return null;
        }
    }

    private async Task HurryAsync(Batch batch)
    {
        await Task.Delay(LongestTurn);
        lock (_turn)
        {
            if (!batch.TryBegin())
                return;
            _underWay++;
        }
        await FetchAllAsync(batch);
    }

    private async Task FetchAsync(Batch batch)
    {
        using var late = new CancellationTokenSource(Patience);
        try
        {
            var filter = batch.Ids is [var only]
                ? new BsonDocument("request_id", only)
                : new BsonDocument("request_id", new BsonDocument("$in", new BsonArray(batch.Ids.Distinct())));
            var found = await documents.Find(filter).ToListAsync(late.Token);
            var byId = new Dictionary<BsonValue, BsonDocument>();
            foreach (var document in found)
                byId.TryAdd(document["request_id"], document);
            batch.Found.SetResult(byId);
        }
        catch (OperationCanceledException e)
        {
            batch.Found.SetException(new TimeoutException("The server does not answer.", e));
        }
        catch (Exception e)
        {
            batch.Found.SetException(e);
        }
    }

    // Used under the lock until it has begun.
    private sealed class Batch
    {
        public bool IsBegun { get; set; }

        public List<BsonValue> Ids { get; } = [];

        public TaskCompletionSource<Dictionary<BsonValue, BsonDocument>> Found { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool TryBegin()
        {
            if (IsBegun)
                return false;
            return IsBegun = true;
        }
    }
}
