using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;

namespace AiDub.Jobs.Storage.Sqlite;

/// <remarks>What is found, counted and removed of many dubs at once.</remarks>
public sealed partial class SqliteProgressStore
{
    private const string IsComplete = "exception IS NULL AND final_response IS NOT NULL";

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubProgress>> FindAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct)
    {
        var (sql, parameters) = SqliteLists.Of("progress", requestIds);
        return await database.QueryAsync(sql, SqliteRows.Progress, ct, parameters);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubProgress>> ListAsync(DubQuery query, CancellationToken ct)
    {
        var state = query.State switch
        {
            null => "",
            ListedState.Queued => $" AND {IsRunning} AND heartbeat_at IS NULL",
            ListedState.Running => $" AND {IsRunning} AND heartbeat_at IS NOT NULL",
            ListedState.Complete => $" AND {IsComplete}",
            _ => $" AND exception IS NOT NULL AND exception_code IS NOT '{FailureCode.Deleted}'",
        };
        var (sql, parameters) = SqliteLists.Newest("progress", query, state);
        return await database.QueryAsync(sql, SqliteRows.Progress, ct, parameters);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubProgress>> FindUnkeptAsync(DateTimeOffset before, int limit, CancellationToken ct) =>
        await database.QueryAsync(
            "SELECT * FROM progress WHERE kept_until <= @before AND expires_at IS NOT NULL ORDER BY kept_until LIMIT @limit",
            SqliteRows.Progress,
            ct,
            ("@before", before),
            ("@limit", limit));

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubProgress>> FindStaleAsync(
        DateTimeOffset before, DateTimeOffset ahead, DubProgress? after, int limit, CancellationToken ct) =>
        await database.QueryAsync(
            $"""
            SELECT * FROM progress WHERE (updated_at < @before OR updated_at > @ahead)
                AND (updated_at, request_id) > (@updated_at, @request_id)
                AND (ready_at IS NULL OR heartbeat_at IS NOT NULL OR job_id IS NULL) AND expires_at IS NULL AND {IsRunning}
            ORDER BY updated_at, request_id LIMIT @limit
            """,
            SqliteRows.Progress,
            ct,
            ("@before", before),
            ("@ahead", ahead),
            ("@updated_at", after?.UpdatedAt ?? DateTimeOffset.MinValue),
            ("@request_id", after?.RequestId ?? Guid.Empty),
            ("@limit", limit));

    /// <inheritdoc />
    public async Task<IReadOnlyList<DubProgress>> FindUnfinishedAsync(DubCursor? after, int limit, CancellationToken ct) =>
        await database.QueryAsync(
            $"""
            SELECT * FROM progress WHERE (created_at, request_id) > (@created_at, @request_id) AND expires_at IS NULL AND {IsRunning}
            ORDER BY created_at, request_id LIMIT @limit
            """,
            SqliteRows.Progress,
            ct,
            ("@created_at", after?.CreatedAt ?? DateTimeOffset.MinValue),
            ("@request_id", after?.RequestId ?? Guid.Empty),
            ("@limit", limit));

    /// <inheritdoc />
    public async Task<int> CountRunningAsync(long userId, CancellationToken ct) => (await database.QueryAsync(
        $"SELECT count(*) FROM progress WHERE user_id = @user_id AND expires_at IS NULL AND {IsRunning}",
        row => row.GetInt32(0),
        ct,
        ("@user_id", userId))).Single();

    /// <inheritdoc />
    public async Task<IReadOnlyList<Guid>> RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct) => await database.ChangeAsync(
        "DELETE FROM progress WHERE expires_at <= @now RETURNING request_id", row => Guid.Parse(row.GetString(0)), ct, ("@now", now));
}
