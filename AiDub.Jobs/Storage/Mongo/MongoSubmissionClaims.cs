using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>Idempotency keys as the collection <c>submission_claims</c>, whose index on user and key lets one claim in.</summary>
public sealed class MongoSubmissionClaims(MongoRecords records) : ISubmissionClaims
{
    /// <inheritdoc />
    public async Task<SubmissionClaim?> FindAsync(long userId, string key, DateTimeOffset now, CancellationToken ct)
    {
        var live = Is(userId, key).Add("expires_at", new BsonDocument("$gt", BsonRecords.Of(now)));
        return await records.Claims.Find(live).FirstOrDefaultAsync(ct) is { } found ? Read(found) : null;
    }

    /// <inheritdoc />
    public async Task<SubmissionClaim> ClaimAsync(SubmissionClaim claim, DateTimeOffset now, CancellationToken ct)
    {
        while (true)
        {
            // The server removes what expired too, but only once a minute.
            await records.Claims.DeleteManyAsync(
                Is(claim.UserId, claim.Key).Add("expires_at", new BsonDocument("$lte", BsonRecords.Of(now))), ct);
            try
            {
                await records.Claims.InsertOneAsync(Of(claim), cancellationToken: ct);
                return claim;
            }
            catch (MongoWriteException e) when (e.WriteError?.Category == ServerErrorCategory.DuplicateKey)
            {
                if (await FindAsync(claim.UserId, claim.Key, now, ct) is { } held)
                    return held;
            }
        }
    }

    /// <inheritdoc />
    public Task AcceptAsync(long userId, string key, CancellationToken ct) =>
        records.Claims.UpdateOneAsync(Is(userId, key), new BsonDocument("$set", new BsonDocument("accepted", true)), cancellationToken: ct);

    private static BsonDocument Is(long userId, string key) => new() { { "user_id", userId }, { "key", key } };

    // The _id lets one claim in, whether or not the index is there.
    private static BsonDocument Of(SubmissionClaim claim) => new BsonDocument
    {
        { "_id", $"{claim.UserId}:{claim.Key}" },
        { "user_id", claim.UserId },
        { "key", claim.Key },
        { "body_hash", claim.BodyHash },
        { "requests", new BsonArray(claim.Ids.Requests.Select(BsonRecords.Of)) },
        { "accepted", claim.IsAccepted },
        { "expires_at", BsonRecords.Of(claim.ExpiresAt) },
    }
        .Add("batch", () => BsonRecords.Of(claim.Ids.Batch!.Value), claim.Ids.Batch is not null);

    private static SubmissionClaim Read(BsonDocument document) => new()
    {
        UserId = document["user_id"].ToInt64(),
        Key = document["key"].AsString,
        BodyHash = document["body_hash"].AsString,
        Ids = new SubmissionIds(
            [.. document["requests"].AsBsonArray.Select(id => Guid.Parse(id.AsString))],
            document.TryGetValue("batch", out var batch) ? Guid.Parse(batch.AsString) : null),
        IsAccepted = document["accepted"].AsBoolean,
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(document["expires_at"].AsBsonDateTime.MillisecondsSinceEpoch),
    };
}
