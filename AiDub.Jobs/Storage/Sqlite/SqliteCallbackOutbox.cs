using System.Text.Json;
using AiDub.Domain.Callbacks;
using AiDub.Domain.Ports;
using Microsoft.Data.Sqlite;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>Callbacks as rows of the embedded database; every change is one statement.</summary>
public sealed class SqliteCallbackOutbox(SqliteDatabase database) : ICallbackOutbox
{
    /// <inheritdoc />
    public Task AddAsync(CallbackDelivery delivery, CancellationToken ct) => database.ExecuteAsync(
        """
        INSERT OR IGNORE INTO callbacks (request_id, attempt, user_id, receiver, state, attempts, claims, next_at, set_at, created_at)
        VALUES (@request_id, @attempt, @user_id, @receiver, @state, @attempts, @claims, @next_at, @set_at, @created_at)
        """,
        ct,
        [.. Changing(delivery), ("@user_id", delivery.UserId), ("@receiver", delivery.Receiver), ("@created_at", delivery.CreatedAt)]);

    /// <inheritdoc />
    public async Task<CallbackDelivery?> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, BusyCallbacks busy, CancellationToken ct) => (await database.ChangeAsync(
        """
        UPDATE callbacks SET claims = claims + 1, next_at = @until, set_at = @now
        WHERE (request_id, attempt) IN (
            SELECT request_id, attempt FROM callbacks
            WHERE next_at IS NOT NULL AND (next_at <= @now OR set_at > @ahead)
                AND ifnull(user_id NOT IN (SELECT value FROM json_each(@users)), 1)
                AND ifnull(receiver NOT IN (SELECT value FROM json_each(@receivers)), 1)
            ORDER BY next_at LIMIT 1)
        RETURNING *
        """,
        Read,
        ct,
        ("@users", JsonSerializer.Serialize(busy.Users)),
        ("@receivers", JsonSerializer.Serialize(busy.Receivers)),
        ("@now", now),
        ("@ahead", now + ClockLeeway.Most),
        ("@until", until))).SingleOrDefault();

    /// <inheritdoc />
    public async Task<bool> SaveAsync(CallbackDelivery next, CancellationToken ct) => await database.ExecuteAsync(
        """
        UPDATE callbacks SET state = @state, attempts = @attempts, next_at = @next_at, set_at = @set_at
        WHERE request_id = @request_id AND attempt = @attempt AND claims = @claims AND next_at IS NOT NULL
        """,
        ct,
        Changing(next)) == 1;

    /// <inheritdoc />
    public async Task<IReadOnlyList<CallbackDelivery>> FindAsync(Guid requestId, CancellationToken ct) => await database.QueryAsync(
        "SELECT * FROM callbacks WHERE request_id = @request_id ORDER BY attempt", Read, ct, ("@request_id", requestId));

    /// <inheritdoc />
    public Task<int> RemoveEndedAsync(DateTimeOffset before, CancellationToken ct) => database.ExecuteAsync(
        "DELETE FROM callbacks WHERE created_at < @before AND next_at IS NULL", ct, ("@before", before));

    /// <inheritdoc />
    public Task RemoveAsync(Guid requestId, int attempt, CancellationToken ct) => database.ExecuteAsync(
        "DELETE FROM callbacks WHERE request_id = @request_id AND attempt = @attempt",
        ct, ("@request_id", requestId), ("@attempt", attempt));

    /// <inheritdoc />
    public Task RemoveAllAsync(Guid requestId, CancellationToken ct) => database.ExecuteAsync(
        "DELETE FROM callbacks WHERE request_id = @request_id", ct, ("@request_id", requestId));

    private static (string Name, object? Value)[] Changing(CallbackDelivery delivery) =>
    [
        ("@request_id", delivery.RequestId),
        ("@attempt", delivery.Attempt),
        ("@state", JsonNamingPolicy.SnakeCaseLower.ConvertName($"{delivery.State}")),
        ("@attempts", JsonSerializer.Serialize(delivery.Attempts, StoredJson.Options)),
        ("@claims", delivery.Claims),
        ("@next_at", delivery.NextAt),
        ("@set_at", delivery.SetAt),
    ];

    private static CallbackDelivery Read(SqliteDataReader row) => new()
    {
        RequestId = Guid.Parse(row.GetString(row.GetOrdinal("request_id"))),
        Attempt = row.GetInt32(row.GetOrdinal("attempt")),
        UserId = row.IsDBNull(row.GetOrdinal("user_id")) ? null : row.GetInt64(row.GetOrdinal("user_id")),
        Receiver = row.IsDBNull(row.GetOrdinal("receiver")) ? null : row.GetString(row.GetOrdinal("receiver")),
        State = JsonSerializer.Deserialize<CallbackState>($"\"{row.GetString(row.GetOrdinal("state"))}\"", StoredJson.Options),
        Attempts = JsonSerializer.Deserialize<CallbackAttempt[]>(row.GetString(row.GetOrdinal("attempts")), StoredJson.Options)!,
        Claims = row.GetInt32(row.GetOrdinal("claims")),
        NextAt = Time(row, "next_at"),
        SetAt = Time(row, "set_at"),
        CreatedAt = Time(row, "created_at")!.Value,
    };

    private static DateTimeOffset? Time(SqliteDataReader row, string column) =>
        row.IsDBNull(row.GetOrdinal(column)) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(row.GetOrdinal(column)));
}
