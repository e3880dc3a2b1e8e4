using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>The main table in the embedded database.</summary>
public sealed class SqliteDubStore(SqliteDatabase database, TimeProvider clock) : IDubStore
{
    // Longer than the document of a deleted dub is kept.
    private static readonly TimeSpan BarLifetime = TimeSpan.FromDays(400);

    /// <inheritdoc />
    public async Task<bool> PutAsync(DubRecord record, CancellationToken ct)
    {
        (string Name, object? Value)[] row =
        [
            .. SqliteOrder.Row(record.Order),
            ("@result_key", record.Response.ResultKey),
            ("@response", JsonSerializer.Serialize(record.Response, StoredJson.Options)),
            ("@created_at", record.CreatedAt),
            ("@finished_at", record.FinishedAt),
            ("@editable_until", record.EditableUntil),
            ("@attempt", record.Attempt),
        ];
        var names = row.Select(field => field.Name).ToList();
        return await database.ExecuteAsync(
            $"""
            INSERT INTO dubs ({string.Join(", ", names.Select(name => name[1..]))}) SELECT {string.Join(", ", names)}
            WHERE NOT EXISTS (SELECT 1 FROM dub_bars WHERE request_id = @request_id AND shut_out >= @attempt)
            ON CONFLICT (request_id) DO UPDATE SET {SqliteOrder.Updates}, result_key = @result_key, response = @response,
                finished_at = @finished_at, editable_until = @editable_until, attempt = @attempt
            WHERE ifnull(attempt, 0) <= @attempt
            """,
            ct,
            row) == 1;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubRecord>> FindEditableAsync(DateTimeOffset until, int limit, CancellationToken ct) =>
        await database.QueryAsync(
        "SELECT * FROM dubs WHERE editable_until <= @until ORDER BY editable_until LIMIT @limit",
        SqliteRows.Record, ct, ("@until", until), ("@limit", limit));

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubRecord>> FindEditableOfAsync(long userId, CancellationToken ct) =>
        await database.QueryAsync(
            "SELECT * FROM dubs WHERE user_id = @user_id AND editable_until IS NOT NULL", SqliteRows.Record, ct, ("@user_id", userId));

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubRecord>> FindFinishedAsync(DateTimeOffset before, int limit, CancellationToken ct) =>
        await database.QueryAsync(
        "SELECT * FROM dubs WHERE finished_at < @before ORDER BY finished_at LIMIT @limit",
        SqliteRows.Record, ct, ("@before", before), ("@limit", limit));

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubRecord>> FindLatestAsync(int limit, CancellationToken ct) =>
        await database.QueryAsync("SELECT * FROM dubs ORDER BY finished_at DESC LIMIT @limit", SqliteRows.Record, ct, ("@limit", limit));

    /// <inheritdoc />
    public async Task<bool> EndEditingAsync(Guid requestId, int revision, CancellationToken ct) => await database.ExecuteAsync(
        "UPDATE dubs SET editable_until = NULL WHERE request_id = @request_id AND ifnull(revision, 0) = @revision",
        ct, ("@request_id", requestId), ("@revision", revision)) == 1;

    /// <inheritdoc />
    public async Task ShutOutAsync(Guid requestId, int attempt, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await database.ExecuteAsync("DELETE FROM dub_bars WHERE barred_at < @before", ct, ("@before", now - BarLifetime));
        await database.ExecuteAsync(
            """
            INSERT INTO dub_bars (request_id, shut_out, barred_at) VALUES (@request_id, @attempt, @now)
            ON CONFLICT (request_id) DO UPDATE SET shut_out = max(shut_out, @attempt), barred_at = @now
            """,
            ct,
            ("@request_id", requestId),
            ("@attempt", attempt),
            ("@now", now));
    }

    /// <inheritdoc />
    public async Task<int> FindShutOutAsync(Guid requestId, CancellationToken ct) => (await database.QueryAsync(
        "SELECT shut_out FROM dub_bars WHERE request_id = @request_id",
        row => row.GetInt32(0), ct, ("@request_id", requestId))).SingleOrDefault();

    /// <inheritdoc />
    public async Task RemoveAsync(Guid requestId, int attempt, CancellationToken ct)
    {
        // First, so that nothing is written between the two.
        await ShutOutAsync(requestId, attempt, ct);
        await database.ExecuteAsync(
            "DELETE FROM dubs WHERE request_id = @request_id AND ifnull(attempt, 0) <= @attempt",
            ct, ("@request_id", requestId), ("@attempt", attempt));
    }

    /// <inheritdoc />
    public async Task<DubRecord?> FindAsync(Guid requestId, CancellationToken ct) => (await database.QueryAsync(
        "SELECT * FROM dubs WHERE request_id = @request_id", SqliteRows.Record, ct, ("@request_id", requestId))).SingleOrDefault();

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubRecord>> FindAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct)
    {
        var (sql, parameters) = SqliteLists.Of("dubs", requestIds);
        return await database.QueryAsync(sql, SqliteRows.Record, ct, parameters);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubRecord>> ListAsync(DubQuery query, CancellationToken ct)
    {
        var (sql, parameters) = SqliteLists.Newest("dubs", query);
        return await database.QueryAsync(sql, SqliteRows.Record, ct, parameters);
    }
}
