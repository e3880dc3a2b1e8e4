using System.Text.Json;
using AiDub.Domain.Callbacks;
using AiDub.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>Callbacks as the collection <c>callbacks</c>; every change is one command on one document.</summary>
public sealed class MongoCallbackOutbox(MongoRecords records) : ICallbackOutbox
{
    private static readonly UpdateOptions Upsert = new() { IsUpsert = true };
    private static readonly JsonWriterSettings PlainJson = new() { OutputMode = JsonOutputMode.RelaxedExtendedJson };
    private static readonly BsonDocument InOrder = new("attempt", 1);

    private static readonly FindOneAndUpdateOptions<BsonDocument> LongestDue =
        new() { ReturnDocument = ReturnDocument.After, Sort = new BsonDocument("next_at", 1) };

    private readonly IMongoCollection<BsonDocument> _callbacks = records.Callbacks;

    /// <inheritdoc />
    public Task AddAsync(CallbackDelivery delivery, CancellationToken ct) => _callbacks.UpdateOneAsync(
        Is(delivery.RequestId, delivery.Attempt), new BsonDocument("$setOnInsert", Of(delivery)), Upsert, ct);

    /// <inheritdoc />
    public async Task<CallbackDelivery?> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, BusyCallbacks busy, CancellationToken ct)
    {
        // Every one that is pending has a time, in whose order they are looked through.
        var due = new BsonDocument("next_at", new BsonDocument("$gt", BsonRecords.Of(DateTimeOffset.UnixEpoch)))
            .Add("$or", new BsonArray
            {
                new BsonDocument("next_at", new BsonDocument("$lte", BsonRecords.Of(now))),
                new BsonDocument("set_at", new BsonDocument("$gt", BsonRecords.Of(now + ClockLeeway.Most))),
            })
            .Add("user_id", new BsonDocument("$nin", new BsonArray(busy.Users)), busy.Users.Count > 0)
            .Add("receiver", new BsonDocument("$nin", new BsonArray(busy.Receivers)), busy.Receivers.Count > 0);
        var claim = new BsonDocument
        {
            { "$inc", new BsonDocument("claims", 1) },
            { "$set", new BsonDocument { { "next_at", BsonRecords.Of(until) }, { "set_at", BsonRecords.Of(now) } } },
        };
        return await _callbacks.FindOneAndUpdateAsync<BsonDocument>(due, claim, LongestDue, ct) is { } claimed ? Read(claimed) : null;
    }

    /// <inheritdoc />
    public async Task<bool> SaveAsync(CallbackDelivery next, CancellationToken ct)
    {
        var change = new BsonDocument("$set", new BsonDocument { { "state", State(next) }, { "attempts", Attempts(next) } });
        if (next.NextAt is { } at)
        {
            change["$set"].AsBsonDocument
                .Add("next_at", BsonRecords.Of(at))
                .Add("set_at", BsonRecords.Of(next.SetAt), next.SetAt is not null);
        }
        else
        {
            change.Add("$unset", new BsonDocument("next_at", ""));
        }
        var held = Is(next.RequestId, next.Attempt).Add("claims", next.Claims).Add("next_at", new BsonDocument("$ne", BsonNull.Value));
        return (await _callbacks.UpdateOneAsync(held, change, cancellationToken: ct)).MatchedCount == 1;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<CallbackDelivery>> FindAsync(Guid requestId, CancellationToken ct)
    {
        var found = await _callbacks.Find(new BsonDocument("request_id", BsonRecords.Of(requestId))).Sort(InOrder).ToListAsync(ct);
        return [.. found.Select(Read)];
    }

    /// <inheritdoc />
    public async Task<int> RemoveEndedAsync(DateTimeOffset before, CancellationToken ct)
    {
        var ended = new BsonDocument { { "created_at", new BsonDocument("$lt", BsonRecords.Of(before)) }, { "next_at", BsonNull.Value } };
        return (int)(await _callbacks.DeleteManyAsync(ended, ct)).DeletedCount;
    }

    /// <inheritdoc />
    public Task RemoveAsync(Guid requestId, int attempt, CancellationToken ct) => _callbacks.DeleteOneAsync(Is(requestId, attempt), ct);

    /// <inheritdoc />
    public Task RemoveAllAsync(Guid requestId, CancellationToken ct) =>
        _callbacks.DeleteManyAsync(new BsonDocument("request_id", BsonRecords.Of(requestId)), ct);

    private static BsonDocument Is(Guid requestId, int attempt) =>
        new() { { "request_id", BsonRecords.Of(requestId) }, { "attempt", attempt } };

    // What the filter of an insert says is written by it.
    private static BsonDocument Of(CallbackDelivery delivery) => new BsonDocument
    {
        { "state", State(delivery) },
        { "attempts", Attempts(delivery) },
        { "claims", delivery.Claims },
        { "created_at", BsonRecords.Of(delivery.CreatedAt) },
    }
        .Add("user_id", delivery.UserId, delivery.UserId is not null)
        .Add("receiver", delivery.Receiver, delivery.Receiver is not null)
        .Add("next_at", BsonRecords.Of(delivery.NextAt), delivery.NextAt is not null)
        .Add("set_at", BsonRecords.Of(delivery.SetAt), delivery.SetAt is not null);

    private static CallbackDelivery Read(BsonDocument document) => new()
    {
        RequestId = Guid.Parse(document["request_id"].AsString),
        Attempt = document["attempt"].ToInt32(),
        UserId = document.TryGetValue("user_id", out var user) ? user.ToInt64() : null,
        Receiver = document.TryGetValue("receiver", out var receiver) ? receiver.AsString : null,
        State = JsonSerializer.Deserialize<CallbackState>($"\"{document["state"].AsString}\"", StoredJson.Options),
        Attempts = JsonSerializer.Deserialize<CallbackAttempt[]>(document["attempts"].ToJson(PlainJson), StoredJson.Options)!,
        Claims = document["claims"].ToInt32(),
        NextAt = Time(document, "next_at"),
        SetAt = Time(document, "set_at"),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(document["created_at"].AsBsonDateTime.MillisecondsSinceEpoch),
    };

    private static DateTimeOffset? Time(BsonDocument document, string field) =>
        document.TryGetValue(field, out var value) && value is BsonDateTime time
            ? DateTimeOffset.FromUnixTimeMilliseconds(time.MillisecondsSinceEpoch)
            : null;

    private static string State(CallbackDelivery delivery) => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{delivery.State}");

    private static BsonArray Attempts(CallbackDelivery delivery) =>
        BsonDocument.Parse(
            $$"""{"attempts":{{JsonSerializer.Serialize(delivery.Attempts, StoredJson.Options)}}}""")["attempts"].AsBsonArray;
}
