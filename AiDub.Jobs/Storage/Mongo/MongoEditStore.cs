using System.Text.Json;
using AiDub.Domain.Editing;
using AiDub.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>Edits as the collection <c>edits</c>; every change is one command on one document.</summary>
public sealed class MongoEditStore(MongoRecords records) : IEditStore
{
    /// <inheritdoc />
    public async Task<DubEdits> FindAsync(Guid requestId, CancellationToken ct) =>
        await records.Edits.Find(Is(requestId)).FirstOrDefaultAsync(ct) is { } found
            ? new DubEdits(
                requestId,
                found["revision"].ToInt32(),
                JsonSerializer.Deserialize<SegmentEdit[]>(found["segments"].AsString, StoredJson.Options)!)
            : DubEdits.None(requestId);

    /// <inheritdoc />
    public async Task<bool> SaveAsync(DubEdits next, CancellationToken ct)
    {
        // A text: what users write is never read as part of a command.
        var segments = JsonSerializer.Serialize(next.Segments, StoredJson.Options);
        if (next.Revision > 1)
        {
            var change = new BsonDocument("$set", new BsonDocument { { "revision", next.Revision }, { "segments", segments } });
            return (
                await records.Edits.UpdateOneAsync(
                    Is(next.RequestId).Add("revision", next.Revision - 1), change, cancellationToken: ct)).MatchedCount == 1;
        }

        try
        {
            await records.Edits.InsertOneAsync(
                Is(next.RequestId).Add("_id", BsonRecords.Of(next.RequestId)).Add("revision", next.Revision).Add("segments", segments),
                cancellationToken: ct);
            return true;
        }
        catch (MongoWriteException e) when (e.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public Task RemoveAsync(Guid requestId, CancellationToken ct) => records.Edits.DeleteOneAsync(Is(requestId), ct);

    private static BsonDocument Is(Guid requestId) => new("request_id", BsonRecords.Of(requestId));
}
