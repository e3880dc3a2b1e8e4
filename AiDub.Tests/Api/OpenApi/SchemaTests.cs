using System.Text.Json;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.OpenApi;

/// <summary>The fields that the document describes.</summary>
public sealed class SchemaTests
{
    private ApiHost _api = null!;
    private JsonElement _schemas;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _api = new ApiHost();
        var document = JsonElement.Parse(await _api.Client.GetStringAsync("/swagger/v1/swagger.json"));
        _schemas = document.GetProperty("components").GetProperty("schemas");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [TestCase(
        "SubmitRequest", "source_video_url", "user_id", "project_id", "to_lang", "from_lang", "source_audio", "voices",
        "voice_consent", "transcript",
        "translation", "callback_url", "subtitles")]
    [TestCase(
        "SegmentsAnswer", "request_id", "revision", "rendered_revision", "from_lang", "to_lang", "duration_seconds", "editable_until",
        "voices", "segments")]
    [TestCase(
        "EditableSegment", "index", "start", "end", "text", "translation", "text_caption", "translation_caption", "speaker", "voice",
        "dub_start", "dub_end", "tempo", "left_out", "changed")]
    [TestCase("CallbacksAnswer", "callback_url", "state", "attempts", "next_at")]
    [TestCase("CallbackTry", "at", "status", "error")]
    [TestCase("SubmitResponse", "request_id", "status", "request_ids")]
    [TestCase("AcceptedDub", "to_lang", "request_id")]
    [TestCase("ProgressRequest", "user_id", "request_id")]
    [TestCase(
        "RunningAnswer", "progress", "stage", "step", "percent", "segments_done", "segments_total", "eta_seconds", "waiting_for",
        "waiting_message", "waiting_since", "warnings", "request_id", "from_lang", "to_lang", "to_region", "attempt")]
    [TestCase(
        "FinalAnswer", "progress", "stage", "percent", "request_id", "user_id", "project_id", "from_lang", "to_lang", "to_region",
        "source_video_url", "result_url", "download_url", "subtitles", "duration_seconds", "warnings", "report")]
    [TestCase("UsageAnswer", "stored_bytes", "stored_bytes_limit", "upload_bytes", "work_bytes", "result_bytes")]
    [TestCase(
        "CapabilitiesAnswer", "operations", "subtitles", "max_targets", "max_body_bytes", "max_source_bytes", "max_source_seconds",
        "keep_editable_hours", "preview_characters", "clones_voices", "callbacks", "sample_video_url")]
    [TestCase("VoicesAnswer", "to_lang", "engine", "voices")]
    [TestCase("SourceAnswer", "url", "bytes")]
    [TestCase("LanguagesAnswer", "sources", "targets")]
    [TestCase("SubtitleAddresses", "srt", "vtt")]
    [TestCase("ErrorBody", "status", "msg", "msg_code", "errors", "error_code", "revision")]
    [TestCase("FieldError", "field", "msg", "msg_code")]
    public void Every_field_is_described_under_its_name_on_the_wire(string schema, params string[] fields)
    {
        var properties = _schemas.GetProperty(schema).GetProperty("properties");

        Assert.That(properties.EnumerateObject().Select(p => p.Name), Is.EquivalentTo(fields));
    }

    [TestCase("SubmitRequest", "source_video_url", "user_id", "project_id", "to_lang")]
    [TestCase("ProgressRequest", "user_id", "request_id")]
    [TestCase("SubmitResponse", "request_id", "status")]
    [TestCase("ErrorBody", "status", "msg", "msg_code")]
    public void Fields_that_are_always_there_are_required(string schema, params string[] fields)
    {
        var required = _schemas.GetProperty(schema).GetProperty("required");

        Assert.That(required.EnumerateArray().Select(r => r.GetString()), Is.EquivalentTo(fields));
    }

    [Test]
    public void No_schema_forbids_fields_that_may_be_added()
    {
        Assert.That(_schemas.GetRawText(), Does.Not.Contain("additionalProperties\": false"));
    }

    [TestCase("SubmitRequest", "source_video_url")]
    [TestCase("SubmitRequest", "user_id")]
    [TestCase("FinalAnswer", "duration_seconds")]
    [TestCase("FinalAnswer", "report")]
    public void Fields_carry_their_documentation(string schema, string field)
    {
        var property = _schemas.GetProperty(schema).GetProperty("properties").GetProperty(field);

        Assert.That(property.GetRawText(), Does.Contain("\"description\""));
    }
}
