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
        Order = Order(row),
        Stage = DubStageNames.Parse(row.GetString(row.GetOrdinal("progress"))),
        Percent = row.GetInt32(row.GetOrdinal("percent")),
        Activity = Text(row, "activity") is { } activity ? JsonSerializer.Deserialize<DubActivity>(activity, StoredJson.Options) : null,
        Attempt = row.GetInt32(row.GetOrdinal("attempt")),
        Faults = row.GetInt32(row.GetOrdinal("faults")),
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
        Order = Order(row),
        Response = JsonSerializer.Deserialize<FinalResponse>(row.GetString(row.GetOrdinal("response")), StoredJson.Options)!,
        CreatedAt = Time(row, "created_at")!.Value,
        FinishedAt = Time(row, "finished_at")!.Value,
        EditableUntil = Time(row, "editable_until"),
    };

    /// <summary>The voices of an order as JSON; null when none were chosen.</summary>
    public static string? Voices(DubOrder order) =>
        order.Voices is null ? null : JsonSerializer.Serialize(order.Voices, StoredJson.Options);

    /// <summary>What is being done for a dub as JSON; null when nobody said.</summary>
    public static string? Activity(DubProgress dub) =>
        dub.Activity is null ? null : JsonSerializer.Serialize(dub.Activity, StoredJson.Options);

    /// <summary>The steps that are done for a dub as JSON; null when none are.</summary>
    public static string? Steps(DubProgress dub) => dub.Steps.Count == 0 ? null : JsonSerializer.Serialize(dub.Steps, StoredJson.Options);

    /// <summary>The batch of an order as JSON; null when it is alone.</summary>
    public static string? Batch(DubOrder order) => order.Batch is null ? null : JsonSerializer.Serialize(order.Batch, StoredJson.Options);

    /// <summary>The callback of an order as JSON; null when nobody is to be told.</summary>
    public static string? Callback(DubOrder order) =>
        order.Callback is null ? null : JsonSerializer.Serialize(order.Callback, StoredJson.Options);

    private static DubOrder Order(SqliteDataReader row) => new()
    {
        RequestId = Guid.Parse(row.GetString(row.GetOrdinal("request_id"))),
        UserId = row.GetInt64(row.GetOrdinal("user_id")),
        ProjectId = row.GetString(row.GetOrdinal("project_id")),
        SourceVideoUrl = row.GetString(row.GetOrdinal("source_video_url")),
        FromLang = Text(row, "from_lang"),
        SourceAudio = Text(row, "source_audio"),
        ToLang = row.GetString(row.GetOrdinal("to_lang")),
        ToRegion = Text(row, "to_region"),
        Voices = Text(row, "voices") is { } json ? JsonSerializer.Deserialize<Dictionary<string, string>>(json, StoredJson.Options) : null,
        Transcript = Text(row, "transcript"),
        Translation = Text(row, "translation"),
        Callback = Text(row, "callback") is { } callback ? JsonSerializer.Deserialize<DubCallback>(callback, StoredJson.Options) : null,
        Subtitles = SubtitleModeNames.Parse(Text(row, "subtitles")) ?? SubtitleMode.None,
        Revision = row.IsDBNull(row.GetOrdinal("revision")) ? 0 : row.GetInt32(row.GetOrdinal("revision")),
        Batch = Text(row, "batch") is { } batch ? JsonSerializer.Deserialize<DubBatch>(batch, StoredJson.Options) : null,
    };

    private static string? Text(SqliteDataReader row, string column) =>
        row.IsDBNull(row.GetOrdinal(column)) ? null : row.GetString(row.GetOrdinal(column));

    private static DateTimeOffset? Time(SqliteDataReader row, string column) =>
        row.IsDBNull(row.GetOrdinal(column)) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(row.GetOrdinal(column)));
}
