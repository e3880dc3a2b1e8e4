using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Storage.Sqlite;

/// <remarks>What a user may have only so much of at a time: it is counted by the statement that writes.</remarks>
public sealed partial class SqliteProgressStore
{
    private const string HasRoom = $"""
        (SELECT count(*) FROM progress
            WHERE user_id = @user_id AND expires_at IS NULL AND {IsRunning} AND request_id <> @request_id) < @most
        """;

    /// <inheritdoc />
    public async Task<bool> AddWithinAsync(IReadOnlyList<DubProgress> dubs, int most, CancellationToken ct)
    {
        var rows = dubs.Select((dub, i) => Row(dub).Select(field => (Name: $"{field.Name}{i}", field.Value)).ToList()).ToList();
        var columns = string.Join(", ", Row(dubs[0]).Select(field => field.Name[1..]));
        var values = string.Join(", ", rows.Select(row => $"({string.Join(", ", row.Select(field => field.Name))})"));
        var ids = string.Join(", ", rows.Select(row => row[0].Name));
        var added = await database.ExecuteAsync(
            $"""
            INSERT INTO progress ({columns}) SELECT * FROM (VALUES {values})
            WHERE (SELECT count(*) FROM progress WHERE user_id = @owner AND expires_at IS NULL AND {IsRunning}
                AND request_id NOT IN ({ids})) + @added <= @most
            ON CONFLICT (request_id) DO NOTHING
            """,
            ct,
            [.. rows.SelectMany(row => row), ("@owner", dubs[0].Order.UserId), ("@added", dubs.Count), ("@most", most)]);
        return added > 0 || await FindAsync(dubs[0].RequestId, ct) is not null;
    }

    /// <inheritdoc />
    public async Task<Rerun> SaveFailedWithinAsync(DubProgress next, int most, CancellationToken ct) =>
        await SaveAsync(next, WasFailed(next), most, ct) ? Rerun.Begun : await WhyNotAsync(next, most, ct);

    /// <inheritdoc />
    public async Task<Rerun> RestartWithinAsync(DubProgress next, int most, CancellationToken ct) =>
        await RestartAsync(next, most, ct) ? Rerun.Begun : await WhyNotAsync(next, most, ct);

    private async Task<bool> RestartAsync(DubProgress next, int most, CancellationToken ct)
    {
        var row = Row(next);
        return await database.ExecuteAsync(
            $"""
            INSERT INTO progress ({string.Join(", ", row.Select(field => field.Name[1..]))})
            SELECT {string.Join(", ", row.Select(field => field.Name))} WHERE {(most == int.MaxValue ? "true" : HasRoom)}
            ON CONFLICT (request_id) DO UPDATE SET revision = @revision, subtitles = @subtitles, callback = @callback,
                progress = @progress, percent = @percent, activity = @activity, attempt = @attempt, faults = @faults, kills = @kills,
                heartbeat_at = NULL, exception = NULL, exception_code = NULL, final_response = NULL, updated_at = @updated_at,
                expires_at = NULL, kept_until = NULL, created_at = @created_at, job_id = NULL, ready_at = NULL, taken_at = NULL,
                steps = @steps
            WHERE (exception IS NOT NULL OR final_response IS NOT NULL) AND exception_code IS NOT '{FailureCode.Deleted}'
            """,
            ct,
            [.. row, ("@most", most)]) == 1;
    }

    // Only says what is answered: nothing was written either way.
    private async Task<Rerun> WhyNotAsync(DubProgress next, int most, CancellationToken ct) =>
        await FindAsync(next.RequestId, ct) is not ({ State: DubState.Running } or { IsDeleted: true } or { IsCancelled: true })
            && await CountRunningAsync(next.Order.UserId, ct) >= most
            ? Rerun.TooMany
            : Rerun.Refused;
}
