using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Speakers;
using Microsoft.Data.Sqlite;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>An order as columns of a row; a new field of an order is added to this database here and nowhere else.</summary>
/// <remarks>A later column must be nullable: older rows, and what the version before writes, leave it empty.</remarks>
internal static class SqliteOrder
{
    private static readonly Column[] Columns =
    [
        new("request_id", "TEXT PRIMARY KEY", order => order.RequestId),
        new("user_id", "INTEGER NOT NULL", order => order.UserId),
        new("project_id", "TEXT NOT NULL", order => order.ProjectId),
        new("source_video_url", "TEXT NOT NULL", order => order.SourceVideoUrl),
        new("from_lang", "TEXT", order => order.FromLang),
        new("to_lang", "TEXT NOT NULL", order => order.ToLang),
        new("voices", "TEXT", order => Json(order.Voices)) { IsLater = true },
        new("to_region", "TEXT", order => order.ToRegion) { IsLater = true },
        new("transcript", "TEXT", order => order.Transcript?.Recorded) { IsLater = true },
        new("translation", "TEXT", order => order.Translation?.Recorded) { IsLater = true },
        new("callback", "TEXT", order => Json(order.Callback)) { IsLater = true },
        new("batch", "TEXT", order => Json(order.Batch)) { IsLater = true },
        new("subtitles", "TEXT", order => order.Subtitles.ToWire()) { IsLater = true },
        new("source_audio", "TEXT", order => order.SourceAudio) { IsLater = true },
        new("voice_consent", "TEXT", order => Json(order.VoiceConsent)) { IsLater = true },
        new("revision", "INTEGER", order => order.Revision) { IsLater = true },
    ];

    /// <summary>The columns as a table is made with them.</summary>
    public static string Definitions { get; } = string.Join(",\n    ", Columns.Select(column => $"{column.Name} {column.Type}"));

    /// <summary>What is written over an order that is there.</summary>
    public static string Updates { get; } = string.Join(", ", Columns.Skip(1).Select(column => $"{column.Name} = @{column.Name}"));

    /// <summary>Columns that were added later, which older files lack.</summary>
    public static IEnumerable<(string Name, string Type)> Later =>
        Columns.Where(column => column.IsLater).Select(column => (column.Name, column.Type));

    /// <summary>The parameters that write an order, each named as its column is.</summary>
    public static IEnumerable<(string Name, object? Value)> Row(DubOrder order) =>
        Columns.Select(column => ($"@{column.Name}", column.Value(order)));

    /// <summary>The order of a row.</summary>
    public static DubOrder Read(SqliteDataReader row) => new()
    {
        RequestId = Guid.Parse(row.GetString(row.GetOrdinal("request_id"))),
        UserId = row.GetInt64(row.GetOrdinal("user_id")),
        ProjectId = row.GetString(row.GetOrdinal("project_id")),
        SourceVideoUrl = row.GetString(row.GetOrdinal("source_video_url")),
        FromLang = SqliteRows.Text(row, "from_lang"),
        SourceAudio = SqliteRows.Text(row, "source_audio"),
        ToLang = row.GetString(row.GetOrdinal("to_lang")),
        ToRegion = SqliteRows.Text(row, "to_region"),
        Voices = Json<Dictionary<string, string>>(row, "voices"),
        VoiceConsent = Json<VoiceConsent>(row, "voice_consent"),
        Transcript = TextPlace.Of(SqliteRows.Text(row, "transcript")),
        Translation = TextPlace.Of(SqliteRows.Text(row, "translation")),
        Callback = Json<DubCallback>(row, "callback"),
        Subtitles = SubtitleModeNames.Parse(SqliteRows.Text(row, "subtitles")) ?? SubtitleMode.None,
        Revision = row.IsDBNull(row.GetOrdinal("revision")) ? 0 : row.GetInt32(row.GetOrdinal("revision")),
        Batch = Json<DubBatch>(row, "batch"),
    };

    private static string? Json<T>(T? value)
        where T : class => value is null ? null : JsonSerializer.Serialize(value, StoredJson.Options);

    private static T? Json<T>(SqliteDataReader row, string column)
        where T : class => SqliteRows.Text(row, column) is { } json ? JsonSerializer.Deserialize<T>(json, StoredJson.Options) : null;

    private sealed record Column(string Name, string Type, Func<DubOrder, object?> Value)
    {
        public bool IsLater { get; init; }
    }
}
