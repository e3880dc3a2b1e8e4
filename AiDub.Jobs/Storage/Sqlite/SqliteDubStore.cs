using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>The main table in the embedded database.</summary>
public sealed class SqliteDubStore(SqliteDatabase database) : IDubStore
{
    /// <inheritdoc />
    public Task PutAsync(DubRecord record, CancellationToken ct) => database.ExecuteAsync(
        """
        INSERT OR REPLACE INTO dubs (request_id, user_id, project_id, source_video_url, from_lang, to_lang, to_region, voices, transcript, translation, callback, batch, revision, subtitles,
            result_key, response, created_at, finished_at, editable_until)
        VALUES (@request_id, @user_id, @project_id, @source_video_url, @from_lang, @to_lang, @to_region, @voices, @transcript, @translation, @callback, @batch, @revision, @subtitles,
            @result_key, @response, @created_at, @finished_at, @editable_until)
        """,
        ct,
        ("@request_id", record.Order.RequestId),
        ("@user_id", record.Order.UserId),
        ("@project_id", record.Order.ProjectId),
        ("@source_video_url", record.Order.SourceVideoUrl),
        ("@from_lang", record.Order.FromLang),
        ("@to_lang", record.Order.ToLang),
        ("@to_region", record.Order.ToRegion),
        ("@voices", SqliteRows.Voices(record.Order)),
        ("@transcript", record.Order.Transcript),
        ("@translation", record.Order.Translation),
        ("@callback", SqliteRows.Callback(record.Order)),
        ("@batch", SqliteRows.Batch(record.Order)),
        ("@revision", record.Order.Revision),
        ("@subtitles", record.Order.Subtitles.ToWire()),
        ("@result_key", record.Response.ResultKey),
        ("@response", JsonSerializer.Serialize(record.Response, StoredJson.Options)),
        ("@created_at", record.CreatedAt),
        ("@finished_at", record.FinishedAt),
        ("@editable_until", record.EditableUntil));

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubRecord>> FindEditableAsync(DateTimeOffset until, int limit, CancellationToken ct) => await database.QueryAsync(
        "SELECT * FROM dubs WHERE editable_until <= @until ORDER BY editable_until LIMIT @limit", SqliteRows.Record, ct, ("@until", until), ("@limit", limit));

    /// <inheritdoc />
    public async Task<bool> EndEditingAsync(Guid requestId, int revision, CancellationToken ct) => await database.ExecuteAsync(
        "UPDATE dubs SET editable_until = NULL WHERE request_id = @request_id AND ifnull(revision, 0) = @revision",
        ct, ("@request_id", requestId), ("@revision", revision)) == 1;

    /// <inheritdoc />
    public Task RemoveAsync(Guid requestId, CancellationToken ct) => database.ExecuteAsync(
        "DELETE FROM dubs WHERE request_id = @request_id", ct, ("@request_id", requestId));

    /// <inheritdoc />
    public async Task<DubRecord?> FindAsync(Guid requestId, CancellationToken ct) => (await database.QueryAsync(
        "SELECT * FROM dubs WHERE request_id = @request_id", SqliteRows.Record, ct, ("@request_id", requestId))).SingleOrDefault();

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubRecord>> ListAsync(DubQuery query, CancellationToken ct)
    {
        var (sql, parameters) = SqliteLists.Newest("dubs", query);
        return await database.QueryAsync(sql, SqliteRows.Record, ct, parameters);
    }
}
