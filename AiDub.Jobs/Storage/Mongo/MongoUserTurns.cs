using System.Diagnostics;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>
/// Lets the requests of a user that begin dubs (submissions, retries, renderings) count and write one after the other, whichever process
/// takes them in.
/// </summary>
/// <remarks>
/// A turn is a document that its holder makes and removes; that of a holder who died runs out. Within a process requests wait for one
/// another without asking the server.
/// </remarks>
internal sealed class MongoUserTurns(IMongoCollection<BsonDocument> turns)
{
    private const int Queues = 64;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestGivingBack = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim[] _queues = [.. Enumerable.Range(0, Queues).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Does something in a user's turn.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="now">The time.</param>
    /// <param name="work">What is done; well within the life of a turn.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="TransientDubException">The turn did not come.</exception>
    public async Task<T> InTurnAsync<T>(long userId, DateTimeOffset now, Func<Task<T>> work, CancellationToken ct)
    {
        var queue = _queues[(int)((ulong)userId % Queues)];
        await queue.WaitAsync(ct);
        var holder = Guid.NewGuid().ToString("N");
        try
        {
            try
            {
                await TakeAsync(userId, holder, now, ct);
                return await work();
            }
            finally
            {
                // Also when taking it was given up: it may have been taken all the same.
                await GiveBackAsync(userId, holder);
            }
        }
        finally
        {
            queue.Release();
        }
    }

    // It ends by itself when this fails, and what was done in it stands.
    private async Task GiveBackAsync(long userId, string holder)
    {
        using var soon = new CancellationTokenSource(LongestGivingBack);
        try
        {
            await turns.DeleteOneAsync(new BsonDocument { { "_id", userId }, { "holder", holder } }, soon.Token);
        }
        catch (Exception e) when (e is MongoException or TimeoutException or OperationCanceledException)
        {
            // Nobody waits for it longer than it lives.
        }
    }

    private async Task TakeAsync(long userId, string holder, DateTimeOffset now, CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        while (!await TryTakeAsync(userId, holder, now + waited.Elapsed, ct))
        {
            if (waited.Elapsed > Longest)
                throw new TransientDubException("Too many requests of one user wait for one another.");
            await Task.Delay(Pause * (1 + Random.Shared.NextDouble()), ct);
        }
    }

    private async Task<bool> TryTakeAsync(long userId, string holder, DateTimeOffset now, CancellationToken ct)
    {
        var over = new BsonDocument("_id", userId).Add("$or", new BsonArray
        {
            new BsonDocument("until", new BsonDocument("$lt", BsonRecords.Of(now))),
            // Taken before a clock was put back.
            new BsonDocument("until", new BsonDocument("$gt", BsonRecords.Of(now + Lifetime + ClockLeeway.Most))),
        });
        var mine = new BsonDocument("$set", new BsonDocument { { "holder", holder }, { "until", BsonRecords.Of(now + Lifetime) } });
        try
        {
            await turns.UpdateOneAsync(over, mine, new UpdateOptions { IsUpsert = true }, ct);
            return true;
        }
        catch (MongoWriteException e) when (e.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }
}
