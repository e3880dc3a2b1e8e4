using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>
/// Turns as columns of the progress rows: <c>ready_at</c>, <c>taken_at</c> and <c>queue</c>. Every change is one
/// transaction. The table <c>served</c> says when each user last had a dub taken.
/// </summary>
public sealed class SqliteDubTurns(SqliteDatabase database) : IDubTurns
{
    // Who had no dub taken for so long has waited longest anyway.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private const string IsRunning = "exception IS NULL AND final_response IS NULL AND expires_at IS NULL";

    private const string IsWaiting = $"{IsRunning} AND heartbeat_at IS NULL";

    private const string Offer =
        $"""
        UPDATE progress SET job_id = @job_id, queue = @queue, ready_at = @ready_at, taken_at = NULL, updated_at = max(updated_at, @now)
        WHERE request_id = @request_id AND {IsWaiting}
        """;

    /// <inheritdoc />
    public Task OfferAsync(Guid requestId, QueuedJob job, DateTimeOffset now, DateTimeOffset readyAt, CancellationToken ct) =>
        database.ExecuteAsync(
        Offer,
        ct,
        ("@request_id", requestId),
        ("@job_id", job.Id),
        ("@queue", job.Queue),
        ("@ready_at", readyAt),
        ("@now", now));

    /// <inheritdoc />
    public async Task<bool> OfferNewAsync(Guid requestId, QueuedJob job, string? insteadOf, DateTimeOffset now, CancellationToken ct) =>
        await database.ExecuteAsync(
        $"{Offer} AND (job_id IS NULL OR job_id = @instead_of)",
        ct,
        ("@request_id", requestId),
        ("@job_id", job.Id),
        ("@queue", job.Queue),
        ("@ready_at", now),
        ("@now", now),
        ("@instead_of", insteadOf)) == 1;

    /// <inheritdoc />
    public async Task<bool> BeginOfferAsync(DubProgress seen, DateTimeOffset now, CancellationToken ct) => await database.ExecuteAsync(
        // Nobody holds it: whoever did is dead.
        $"""
        UPDATE progress SET updated_at = @now, heartbeat_at = NULL, taken_at = NULL
        WHERE request_id = @request_id AND attempt = @attempt AND updated_at = @updated_at AND heartbeat_at IS @heartbeat_at
            AND job_id IS @job_id AND {IsRunning}
        """,
        ct,
        ("@request_id", seen.RequestId),
        ("@attempt", seen.Attempt),
        ("@updated_at", seen.UpdatedAt),
        ("@heartbeat_at", seen.HeartbeatAt),
        ("@job_id", seen.JobId),
        ("@now", now)) == 1;

    /// <inheritdoc />
    public async Task<DubTurn?> TakeAsync(TurnRequest request, CancellationToken ct)
    {
        foreach (var queue in request.Queues)
        {
            if (await database.WriteAsync(session => Take(session, request, queue), ct) is { } turn)
                return turn;
        }
        return null;
    }

    /// <inheritdoc />
    public async Task<bool> WithdrawAsync(Guid requestId, string jobId, CancellationToken ct) => await database.ExecuteAsync(
        "UPDATE progress SET job_id = NULL, ready_at = NULL, taken_at = NULL WHERE request_id = @request_id AND job_id = @job_id AND "
            + $"{IsWaiting}",
        ct,
        ("@request_id", requestId),
        ("@job_id", jobId)) == 1;

    /// <inheritdoc />
    public async Task<DateTimeOffset?> NextAsync(IReadOnlyCollection<string> queues, CancellationToken ct)
    {
        var names = queues.Select((queue, i) => ($"@queue{i}", (object?)queue)).ToArray();
        return (await database.QueryAsync(
            "SELECT min(ready_at) FROM progress WHERE ready_at IS NOT NULL AND queue IN "
                + $"({string.Join(", ", names.Select(n => n.Item1))}) AND {IsWaiting}",
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
            ct,
            names)).Single();
    }

    /// <inheritdoc />
    public async Task<QueueDepth> DepthAsync(DateTimeOffset now, CancellationToken ct) => (await database.QueryAsync(
        $"SELECT count(*), min(created_at) FROM progress WHERE ready_at <= @now AND {IsWaiting}",
        row => new QueueDepth(row.GetInt32(0), row.IsDBNull(1) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))),
        ct,
        ("@now", now))).Single();

    private static DubTurn? Take(SqliteSession session, TurnRequest request, string queue)
    {
        var taken = session.Query(
            $"""
            WITH taken AS (
                SELECT user_id, count(*) AS dubs FROM progress
                WHERE taken_at IS NOT NULL AND (ready_at IS NULL OR ready_at > @now) AND {IsRunning} GROUP BY user_id)
            UPDATE progress SET taken_at = @now, ready_at = @until WHERE request_id = (
                SELECT request_id FROM progress LEFT JOIN taken USING (user_id) LEFT JOIN served USING (user_id)
                WHERE (ready_at <= @now OR ready_at > @ahead) AND queue = @queue AND job_id IS NOT NULL AND {IsWaiting}
                    AND ifnull(dubs, 0) < @most
                ORDER BY ifnull(dubs, 0), max(created_at, CASE WHEN served_at <= @ahead THEN served_at ELSE 0 END), created_at, request_id
                LIMIT 1)
            RETURNING request_id, user_id, job_id
            """,
            row => new DubTurn(Guid.Parse(row.GetString(0)), row.GetInt64(1), new QueuedJob(row.GetString(2), queue)),
            [
                ("@now", request.Now),
                ("@until", request.Until),
                ("@ahead", request.Ahead),
                ("@queue", queue),
                ("@most", request.MostOfUser),
            ]);
        if (taken is not [var turn])
            return null;
        session.Execute(
            "INSERT INTO served VALUES (@user_id, @now) ON CONFLICT DO UPDATE SET served_at = @now",
            [("@user_id", turn.UserId), ("@now", request.Now)]);
        session.Execute("DELETE FROM served WHERE served_at < @forgotten", [("@forgotten", request.Now - Remembered)]);
        return turn;
    }
}
