using System.Text.Json;
using AiDub.Domain.Editing;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>Edits as rows of the embedded database; every change is one statement.</summary>
public sealed class SqliteEditStore(SqliteDatabase database) : IEditStore
{
    /// <inheritdoc />
    public async Task<DubEdits> FindAsync(Guid requestId, CancellationToken ct) => (await database.QueryAsync(
        "SELECT revision, segments FROM edits WHERE request_id = @request_id",
        row => new DubEdits(requestId, row.GetInt32(0), JsonSerializer.Deserialize<SegmentEdit[]>(row.GetString(1), StoredJson.Options)!),
        ct,
        ("@request_id", requestId))).SingleOrDefault() ?? DubEdits.None(requestId);

    /// <inheritdoc />
    public async Task<bool> SaveAsync(DubEdits next, CancellationToken ct) => await database.ExecuteAsync(
        next.Revision == 1
            ? "INSERT INTO edits (request_id, revision, segments) VALUES (@request_id, 1, @segments) ON CONFLICT (request_id) DO NOTHING"
            : "UPDATE edits SET revision = @revision, segments = @segments WHERE request_id = @request_id AND revision = @revision - 1",
        ct,
        ("@request_id", next.RequestId),
        ("@revision", next.Revision),
        ("@segments", JsonSerializer.Serialize(next.Segments, StoredJson.Options))) == 1;

    /// <inheritdoc />
    public Task RemoveAsync(Guid requestId, CancellationToken ct) => database.ExecuteAsync(
        "DELETE FROM edits WHERE request_id = @request_id", ct, ("@request_id", requestId));
}
