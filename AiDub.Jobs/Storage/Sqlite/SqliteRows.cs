using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using Microsoft.Data.Sqlite;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>Reads rows into the model.</summary>
internal static class SqliteRows
{
    public static DubProgress Progress(SqliteDataReader row) => new()
    {
        Order = SqliteOrder.Read(row),
        Stage = DubStageNames.Parse(row.GetString(row.GetOrdinal("progress"))),
        Percent = row.GetInt32(row.GetOrdinal("percent")),
        Activity = Text(row, "activity") is { } activity ? JsonSerializer.Deserialize<DubActivity>(activity, StoredJson.Options) : null,
        Attempt = row.GetInt32(row.GetOrdinal("attempt")),
        Faults = row.GetInt32(row.GetOrdinal("faults")),
        Kills = row.IsDBNull(row.GetOrdinal("kills")) ? 0 : row.GetInt32(row.GetOrdinal("kills")),
        HeartbeatAt = Time(row, "heartbeat_at"),
        ReadyAt = Time(row, "ready_at"),
        JobId = Text(row, "job_id"),
        Exception = Text(row, "exception"),
        ExceptionCode = Text(row, "exception_code") is { } code ? FailureCode.Of(code) : null,
        FinalResponse = Text(row, "final_response") is { } json
            ? JsonSerializer.Deserialize<FinalResponse>(json, StoredJson.Options)
            : null,
        CreatedAt = Time(row, "created_at")!.Value,
        UpdatedAt = Time(row, "updated_at")!.Value,
        ExpiresAt = Time(row, "expires_at"),
        KeptUntil = Time(row, "kept_until"),
        Steps = Text(row, "steps") is { } steps ? JsonSerializer.Deserialize<StepRecord[]>(steps, StoredJson.Options)! : [],
    };

    public static DubRecord Record(SqliteDataReader row) => new()
    {
        Order = SqliteOrder.Read(row),
        Response = JsonSerializer.Deserialize<FinalResponse>(row.GetString(row.GetOrdinal("response")), StoredJson.Options)!,
        CreatedAt = Time(row, "created_at")!.Value,
        FinishedAt = Time(row, "finished_at")!.Value,
        EditableUntil = Time(row, "editable_until"),
    };

    /// <summary>What is being done for a dub as JSON; null when nobody said.</summary>
    public static string? Activity(DubProgress dub) =>
        dub.Activity is null ? null : JsonSerializer.Serialize(dub.Activity, StoredJson.Options);

    /// <summary>The steps that are done for a dub as JSON; null when none are.</summary>
    public static string? Steps(DubProgress dub) => dub.Steps.Count == 0 ? null : JsonSerializer.Serialize(dub.Steps, StoredJson.Options);

    /// <summary>A text that may be null.</summary>
    public static string? Text(SqliteDataReader row, string column) =>
        row.IsDBNull(row.GetOrdinal(column)) ? null : row.GetString(row.GetOrdinal(column));

    private static DateTimeOffset? Time(SqliteDataReader row, string column) =>
        row.IsDBNull(row.GetOrdinal(column)) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(row.GetOrdinal(column)));
}
