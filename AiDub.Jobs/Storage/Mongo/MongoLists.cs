using AiDub.Domain.Dubbing;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>Reads several dubs; a part of a user's in the order of the collections' indexes.</summary>
internal static class MongoLists
{
    private static readonly BsonDocument NewestFirst = new() { { "created_at", -1 }, { "request_id", -1 } };

    /// <summary>The documents of dubs by their ids.</summary>
    public static Task<List<BsonDocument>> OfAsync(
        this IMongoCollection<BsonDocument> collection, IReadOnlyCollection<Guid> requestIds, CancellationToken ct) =>
        collection
            .Find(new BsonDocument("request_id", new BsonDocument("$in", new BsonArray(requestIds.Select(BsonRecords.Of)))))
            .ToListAsync(ct);

    /// <summary>The documents; <paramref name="also"/> is added to the conditions.</summary>
    public static Task<List<BsonDocument>> NewestAsync(
        this IMongoCollection<BsonDocument> collection, DubQuery query, BsonDocument also, CancellationToken ct)
    {
        var filter = new BsonDocument("user_id", query.UserId)
            .Add("project_id", query.ProjectId, query.ProjectId is not null)
            .AddRange(also);
        if (query.After is { } after)
        {
            var at = BsonRecords.Of(after.CreatedAt);
            filter.Add("$or", new BsonArray
            {
                new BsonDocument("created_at", new BsonDocument("$lt", at)),
                new BsonDocument { { "created_at", at }, { "request_id", new BsonDocument("$lt", BsonRecords.Of(after.RequestId)) } },
            });
        }
        return collection.Find(filter).Sort(NewestFirst).Limit(query.Limit).ToListAsync(ct);
    }
}
