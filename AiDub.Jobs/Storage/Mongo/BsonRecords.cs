using System.Globalization;
using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Speakers;
using MongoDB.Bson;
using MongoDB.Bson.IO;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>Turns the model into documents and back. A value that is not there is no field.</summary>
internal static class BsonRecords
{
    private static readonly JsonWriterSettings PlainJson = new() { OutputMode = JsonOutputMode.RelaxedExtendedJson };

    public static BsonDocument Of(DubProgress progress) => Of(progress.Order)
        .Add("created_at", Of(progress.CreatedAt))
        .Add("attempt", progress.Attempt)
        .Add("job_id", progress.JobId, progress.JobId is not null)
        .AddRange(Owned(progress).Where(field => field.Value != BsonNull.Value));

    /// <summary>What the attempt that holds a dub may write; null for what is not there.</summary>
    public static BsonDocument Owned(DubProgress progress) => new()
    {
        { "progress", progress.Stage.ToWire() },
        { "percent", progress.Percent },
        { "activity", progress.Activity is { } activity ? Of(activity) : BsonNull.Value },
        { "faults", progress.Faults },
        { "kills", progress.Kills == 0 ? BsonNull.Value : progress.Kills },
        { "heartbeat_at", Of(progress.HeartbeatAt) },
        { "ready_at", Of(progress.ReadyAt) },
        { "exception", BsonValue.Create(progress.Exception) },
        { "exception_code", BsonValue.Create(progress.ExceptionCode?.Value) },
        { "final_response", progress.FinalResponse is { } response ? Of(response) : BsonNull.Value },
        { "updated_at", Of(progress.UpdatedAt) },
        { "expires_at", Of(progress.ExpiresAt) },
        { "kept_until", Of(progress.KeptUntil) },
        { "steps", progress.Steps.Count == 0 ? BsonNull.Value : Of(progress.Steps) },
    };

    public static BsonDocument Of(DubRecord record) => Of(record.Order)
        .Add("attempt", record.Attempt)
        .Add("result_key", record.Response.ResultKey)
        .Add("response", Of(record.Response))
        .Add("created_at", Of(record.CreatedAt))
        .Add("finished_at", Of(record.FinishedAt))
        .Add("editable_until", Of(record.EditableUntil), record.EditableUntil is not null);

    public static BsonValue Of(DateTimeOffset? time) => time is { } t ? new BsonDateTime(t.ToUnixTimeMilliseconds()) : BsonNull.Value;

    public static string Of(Guid requestId) => requestId.ToString("D");

    public static DubProgress Progress(BsonDocument document) => new()
    {
        Order = Order(document),
        Stage = DubStageNames.Parse(document["progress"].AsString),
        Percent = document["percent"].ToInt32(),
        Activity = document.TryGetValue("activity", out var activity) && activity is BsonDocument ? Activity(activity) : null,
        Attempt = document["attempt"].ToInt32(),
        Faults = document["faults"].ToInt32(),
        Kills = document.GetValue("kills", 0).ToInt32(),
        HeartbeatAt = Time(document, "heartbeat_at"),
        ReadyAt = Time(document, "ready_at"),
        JobId = Text(document, "job_id"),
        Exception = Text(document, "exception"),
        ExceptionCode = Text(document, "exception_code") is { } code ? FailureCode.Of(code) : null,
        FinalResponse = document.TryGetValue("final_response", out var response) && response is BsonDocument ? Response(response) : null,
        CreatedAt = Time(document, "created_at")!.Value,
        UpdatedAt = Time(document, "updated_at")!.Value,
        ExpiresAt = Time(document, "expires_at"),
        KeptUntil = Time(document, "kept_until"),
        Steps = document.TryGetValue("steps", out var steps) && steps.IsBsonArray ? Steps(steps) : [],
    };

    public static DubRecord Record(BsonDocument document) => new()
    {
        Order = Order(document),
        Response = Response(document["response"]),
        CreatedAt = Time(document, "created_at")!.Value,
        FinishedAt = Time(document, "finished_at")!.Value,
        EditableUntil = Time(document, "editable_until"),
    };

    private static BsonDocument Of(DubOrder order) => new BsonDocument
    {
        { "request_id", Of(order.RequestId) },
        { "user_id", order.UserId },
        { "project_id", order.ProjectId },
        { "source_video_url", order.SourceVideoUrl },
        { "to_lang", order.ToLang },
    }
        .Add("from_lang", order.FromLang, order.FromLang is not null)
        .Add("source_audio", order.SourceAudio, order.SourceAudio is not null)
        .Add("to_region", order.ToRegion, order.ToRegion is not null)
        .Add("voices", () => Of(order.Voices!), order.Voices is not null)
        .Add(
            "voice_consent",
            () => new BsonDocument { { "by", order.VoiceConsent!.By }, { "at", order.VoiceConsent.At.ToString("O") } },
            order.VoiceConsent is not null)
        .Add("transcript", order.Transcript?.Recorded, order.Transcript is not null)
        .Add("translation", order.Translation?.Recorded, order.Translation is not null)
        .Add(
            "callback",
            () => new BsonDocument { { "url", order.Callback!.Url }, { "public_base", order.Callback.PublicBase } },
            order.Callback is not null)
        .Add("revision", order.Revision, order.Revision != 0)
        .Add("subtitles", order.Subtitles.ToWire(), order.Subtitles != SubtitleMode.None)
        .Add("batch", () => Of(order.Batch!), order.Batch is not null);

    // A list, because a name that a user wrote is no field name.
    private static BsonArray Of(IReadOnlyDictionary<string, string> voices) =>
        [.. voices.Select(choice => new BsonDocument { { "for", choice.Key }, { "voice", choice.Value } })];

    private static Dictionary<string, string>? Voices(BsonDocument document) =>
        document.TryGetValue("voices", out var voices) && voices.IsBsonArray
        ? voices.AsBsonArray.ToDictionary(choice => choice["for"].AsString, choice => choice["voice"].AsString)
        : null;

    private static BsonDocument Of(DubBatch batch) =>
        new() { { "id", Of(batch.Id) }, { "requests", new BsonArray(batch.Requests.Select(Of)) } };

    private static DubBatch? Batch(BsonDocument document) => document.TryGetValue("batch", out var batch) && batch.IsBsonDocument
        ? new DubBatch(Guid.Parse(batch["id"].AsString), [.. batch["requests"].AsBsonArray.Select(id => Guid.Parse(id.AsString))])
        : null;

    private static DubOrder Order(BsonDocument document) => new()
    {
        RequestId = Guid.Parse(document["request_id"].AsString),
        UserId = document["user_id"].ToInt64(),
        ProjectId = document["project_id"].AsString,
        SourceVideoUrl = document["source_video_url"].AsString,
        FromLang = Text(document, "from_lang"),
        SourceAudio = Text(document, "source_audio"),
        ToLang = document["to_lang"].AsString,
        ToRegion = Text(document, "to_region"),
        Voices = Voices(document),
        VoiceConsent = document.TryGetValue("voice_consent", out var consent) && consent.IsBsonDocument
            ? new VoiceConsent(consent["by"].AsString, DateTimeOffset.Parse(consent["at"].AsString, CultureInfo.InvariantCulture))
            : null,
        Transcript = TextPlace.Of(Text(document, "transcript")),
        Translation = TextPlace.Of(Text(document, "translation")),
        Callback = document.TryGetValue("callback", out var callback) && callback.IsBsonDocument
            ? new DubCallback(callback["url"].AsString, callback["public_base"].AsString)
            : null,
        Subtitles = SubtitleModeNames.Parse(Text(document, "subtitles")) ?? SubtitleMode.None,
        Revision = document.TryGetValue("revision", out var revision) ? revision.ToInt32() : 0,
        Batch = Batch(document),
    };

    private static BsonDocument Of(DubActivity activity) => BsonDocument.Parse(JsonSerializer.Serialize(activity, StoredJson.Options));

    private static DubActivity Activity(BsonValue document) =>
        JsonSerializer.Deserialize<DubActivity>(document.ToJson(PlainJson), StoredJson.Options)!;

    private static BsonArray Of(IReadOnlyList<StepRecord> steps) =>
        [.. steps.Select(step => BsonDocument.Parse(JsonSerializer.Serialize(step, StoredJson.Options)))];

    private static StepRecord[] Steps(BsonValue steps) =>
        JsonSerializer.Deserialize<StepRecord[]>(steps.ToJson(PlainJson), StoredJson.Options)!;

    private static BsonDocument Of(FinalResponse response) => BsonDocument.Parse(JsonSerializer.Serialize(response, StoredJson.Options));

    private static FinalResponse Response(BsonValue document) =>
        JsonSerializer.Deserialize<FinalResponse>(document.ToJson(PlainJson), StoredJson.Options)!;

    private static string? Text(BsonDocument document, string field) =>
        document.TryGetValue(field, out var value) && value.IsString ? value.AsString : null;

    private static DateTimeOffset? Time(BsonDocument document, string field) =>
        document.TryGetValue(field, out var value) && value is BsonDateTime time
            ? DateTimeOffset.FromUnixTimeMilliseconds(time.MillisecondsSinceEpoch)
            : null;
}
