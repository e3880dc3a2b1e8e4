using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>Progress documents as rows of the embedded database; every change is one statement.</summary>
public sealed partial class SqliteProgressStore(SqliteDatabase database) : IProgressStore
{
    private const string IsRunning = "exception IS NULL AND final_response IS NULL";

    /// <inheritdoc />
    public async Task<bool> AddAsync(DubProgress progress, CancellationToken ct)
    {
        var row = Row(progress);
        return await database.ExecuteAsync($"{Insert(row)} ON CONFLICT (request_id) DO NOTHING", ct, row) == 1;
    }

    /// <inheritdoc />
    public async Task<DubProgress> DeleteAsync(DubProgress deleted, CancellationToken ct)
    {
        var row = Row(deleted);
        var left = await database.ChangeAsync(
            $"""
            {Insert(row)}
            ON CONFLICT (request_id) DO UPDATE SET exception = @exception, exception_code = @exception_code, final_response = NULL,
                updated_at = @updated_at, expires_at = @expires_at, kept_until = @kept_until
            RETURNING *
            """,
            SqliteRows.Progress,
            ct,
            row);
        return left.Single();
    }

    /// <inheritdoc />
    public Task<bool> RestartAsync(DubProgress next, CancellationToken ct) => RestartAsync(next, int.MaxValue, ct);

    /// <inheritdoc />
    public Task<DubProgress?> FindAsync(Guid requestId, CancellationToken ct) => database.ReadAsync(
        session => session.Kept.Find(requestId, session.Version(), () => session.Query(
            "SELECT * FROM progress WHERE request_id = @request_id", SqliteRows.Progress, [("@request_id", requestId)]).SingleOrDefault()),
        ct);

    /// <inheritdoc />
    public bool TryFind(Guid requestId, out DubProgress? found) => database.TryFindKept(requestId, out found);

    /// <inheritdoc />
    public async Task<DubProgress?> ClaimAsync(Guid requestId, DateTimeOffset now, DateTimeOffset staleBefore, CancellationToken ct) =>
        (await database.ChangeAsync(
            $"""
            UPDATE progress SET attempt = attempt + 1, heartbeat_at = @now, taken_at = @now, ready_at = NULL, updated_at = @now
            WHERE request_id = @request_id AND {IsRunning} AND (heartbeat_at IS NULL OR heartbeat_at < @stale)
            RETURNING *
            """,
            SqliteRows.Progress,
            ct,
            ("@request_id", requestId),
            ("@now", now),
            ("@stale", staleBefore))).SingleOrDefault();

    /// <inheritdoc />
    public Task<bool> SaveAsync(DubProgress next, CancellationToken ct) => SaveAsync(next, IsRunning, ct);

    /// <inheritdoc />
    public Task<bool> SaveFailedAsync(DubProgress next, CancellationToken ct) => SaveAsync(next, WasFailed(next), ct);

    /// <inheritdoc />
    public async Task<DubProgress?> TakeCompleteAsync(long userId, Guid requestId, CancellationToken ct) => (await database.ChangeAsync(
        "DELETE FROM progress WHERE request_id = @request_id AND user_id = @user_id AND final_response IS NOT NULL RETURNING *",
        SqliteRows.Progress,
        ct,
        ("@request_id", requestId),
        ("@user_id", userId))).SingleOrDefault();

    /// <inheritdoc />
    /// <remarks>Writes are made in the order in which they were asked for: none is on its way still.</remarks>
    public async Task ForgetAsync(IReadOnlyList<DubProgress> refused, CancellationToken ct)
    {
        foreach (var dub in refused)
            await RemoveAsync(dub.RequestId, ct);
    }

    /// <inheritdoc />
    public Task RemoveAsync(Guid requestId, CancellationToken ct) => database.ExecuteAsync(
        "DELETE FROM progress WHERE request_id = @request_id", ct, ("@request_id", requestId));

    private static (string Name, object? Value)[] Row(DubProgress progress) =>
    [
        .. SqliteOrder.Row(progress.Order),
        ("@activity", SqliteRows.Activity(progress)),
        ("@progress", progress.Stage.ToWire()),
        ("@percent", progress.Percent),
        ("@attempt", progress.Attempt),
        ("@faults", progress.Faults),
        ("@kills", progress.Kills),
        ("@exception", progress.Exception),
        ("@exception_code", progress.ExceptionCode?.Value),
        ("@created_at", progress.CreatedAt),
        ("@updated_at", progress.UpdatedAt),
        ("@expires_at", progress.ExpiresAt),
        ("@kept_until", progress.KeptUntil),
        ("@steps", SqliteRows.Steps(progress)),
    ];

    private static string Insert(IEnumerable<(string Name, object? Value)> row)
    {
        var names = row.Select(field => field.Name).ToList();
        return $"INSERT INTO progress ({string.Join(", ", names.Select(name => name[1..]))}) VALUES ({string.Join(", ", names)})";
    }

    private static string WasFailed(DubProgress next) => next switch
    {
        { IsDeleted: true } => "exception IS NOT NULL",
        { State: DubState.Failed } => $"exception IS NOT NULL AND exception_code IS NOT '{FailureCode.Deleted}'",
        _ => $"exception IS NOT NULL AND ifnull(exception_code, '') NOT IN ('{FailureCode.Deleted}', '{FailureCode.Cancelled}')",
    };

    private Task<bool> SaveAsync(DubProgress next, string state, CancellationToken ct) => SaveAsync(next, state, int.MaxValue, ct);

    private async Task<bool> SaveAsync(DubProgress next, string state, int most, CancellationToken ct) => await database.ExecuteAsync(
        $"""
        UPDATE progress SET progress = @progress, percent = @percent, activity = @activity, faults = @faults, kills = @kills,
            heartbeat_at = @heartbeat_at, ready_at = @ready_at,
            taken_at = CASE WHEN @heartbeat_at IS NULL THEN NULL ELSE taken_at END, exception = @exception,
                exception_code = @exception_code, final_response = @final_response,
            updated_at = @updated_at, expires_at = @expires_at, kept_until = @kept_until, steps = @steps
        WHERE request_id = @request_id AND attempt = @attempt AND ifnull(revision, 0) = @revision
            AND (@ready_at IS NULL OR job_id IS @job_id) AND {state}
            {(most == int.MaxValue ? "" : $"AND {HasRoom}")}
        """,
        ct,
        ("@request_id", next.RequestId),
        ("@attempt", next.Attempt),
        ("@revision", next.Order.Revision),
        ("@progress", next.Stage.ToWire()),
        ("@percent", next.Percent),
        ("@activity", SqliteRows.Activity(next)),
        ("@faults", next.Faults),
        ("@kills", next.Kills),
        ("@heartbeat_at", next.HeartbeatAt),
        ("@ready_at", next.ReadyAt),
        ("@job_id", next.JobId),
        ("@exception", next.Exception),
        ("@exception_code", next.ExceptionCode?.Value),
        ("@final_response", next.FinalResponse is null ? null : JsonSerializer.Serialize(next.FinalResponse, StoredJson.Options)),
        ("@updated_at", next.UpdatedAt),
        ("@expires_at", next.ExpiresAt),
        ("@kept_until", next.KeptUntil),
        ("@steps", SqliteRows.Steps(next)),
        ("@user_id", next.Order.UserId),
        ("@most", most)) == 1;
}
