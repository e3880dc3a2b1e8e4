using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Progress;

public sealed class ProgressTests
{
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [TestCase("{}")]
    [TestCase("""{"user_id":51}""")]
    [TestCase("""{"request_id":null,"user_id":51}""")]
    [TestCase("""{"request_id":"","user_id":51}""")]
    [TestCase("""{"request_id":"  "}""")]
    [TestCase("""{"request_id":"","user_id":"abc"}""")]
    public async Task A_request_id_that_is_missing_is_told_first(string body)
    {
        var error = await (await _api.PostAsync("/ai_dub/progress", body)).ReadErrorAsync(400, "request_id_missing");

        Assert.That(error.GetRawText(), Is.EqualTo("""{"status":400,"msg":"request id is missing","msg_code":"request_id_missing"}"""));
    }

    [TestCase("""{"request_id":"0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90"}""")]
    [TestCase("""{"request_id":"no uuid","user_id":null}""")]
    public async Task A_user_id_that_is_missing_is_told_next(string body)
    {
        var error = await (await _api.PostAsync("/ai_dub/progress", body)).ReadErrorAsync(400, "user_id_missing");

        Assert.That(error.GetRawText(), Is.EqualTo("""{"status":400,"msg":"user id is missing","msg_code":"user_id_missing"}"""));
    }

    [TestCase("1.5")]
    [TestCase("true")]
    [TestCase("\"abc\"")]
    [TestCase("\"\"")]
    [TestCase("[51]")]
    [TestCase("9223372036854775808")]
    public async Task A_user_id_that_is_no_whole_number_is_refused(string userId)
    {
        await (await PollAsync(userId, "\"0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90\"")).ReadErrorAsync(400, "user_id_invalid");
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("""{"user_id":51,"user_id":52,"request_id":"0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90"}""")]
    public async Task A_bad_body_is_refused(string body)
    {
        await (await _api.PostAsync("/ai_dub/progress", body)).ReadErrorAsync(400, "body_invalid");
    }

    [TestCase("\"no uuid\"")]
    [TestCase("5")]
    [TestCase("{}")]
    [TestCase("\"00000000-0000-0000-0000-000000000000\"")]
    [TestCase("\"{0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90}\"")]
    [TestCase("\"../../etc/passwd\"")]
    public async Task A_request_id_that_names_no_dub_is_not_found(string requestId)
    {
        await (await PollAsync("51", requestId)).ReadErrorAsync(404, "progress_not_found");
    }

    [TestCase(null, null, "1")]
    [TestCase(4, null, "1")]
    [TestCase(55, null, "5")]
    [TestCase(4000, null, "10")]
    [TestCase(4000, "engine", "5")]
    public async Task A_running_dub_says_when_it_is_worth_asking_again(int? eta, string? waitsFor, string seconds)
    {
        var wait = waitsFor is null ? null : new DubWait(waitsFor, "It is away.", default);
        var dub = SampleDubs.Accepted() with { Activity = new DubActivity { Step = "speak", EtaSeconds = eta, Wait = wait } };
        _api.Progress.Put(dub);

        var answer = await _api.PostAsync("/ai_dub/progress", $$"""{"user_id":51,"request_id":"{{dub.RequestId}}"}""");

        await answer.ReadAsync(200);
        Assert.That(answer.Header("Retry-After"), Is.EqualTo(seconds));
    }

    [Test]
    public async Task Another_users_dub_is_not_found_in_the_same_words_as_an_unknown_one([Values] DubState state)
    {
        var dub = Put(state switch
        {
            DubState.Running => SampleDubs.Accepted(),
            DubState.Failed => SampleDubs.Failed("media_unreadable", "The file is no video."),
            _ => SampleDubs.Complete(),
        });

        var theirs = await (await PollAsync("52", $"\"{dub.RequestId}\"")).ReadErrorAsync(404, "progress_not_found");
        var unknown = await (await PollAsync("52", $"\"{Guid.NewGuid()}\"")).ReadErrorAsync(404, "progress_not_found");

        Assert.That(theirs.GetRawText(), Is.EqualTo(unknown.GetRawText()));
        Assert.That(_api.Progress.All, Is.EqualTo([dub]));
    }

    [TestCase(DubStage.Transcribing, 12, "Status_1")]
    [TestCase(DubStage.Translating, 55, "Status_2")]
    [TestCase(DubStage.Speaking, 70, "Status_3")]
    [TestCase(DubStage.Rendering, 99, "Status_4")]
    public async Task A_running_dub_tells_its_stage_and_percent(DubStage stage, int percent, string progress)
    {
        var dub = Put(SampleDubs.At(stage, percent));

        var body = await (await PollAsync(dub)).ReadAsync(200);

        Assert.That(body.Text("progress"), Is.EqualTo(progress));
        Assert.That(body.GetProperty("percent").GetInt32(), Is.EqualTo(percent));
        Assert.That(body.Text("request_id"), Is.EqualTo($"{dub.RequestId}"));
        Assert.That(body.GetProperty("attempt").GetInt32(), Is.EqualTo(2));
        Assert.That(body.Text("to_lang"), Is.EqualTo("es"));
    }

    [Test]
    public async Task A_running_dub_tells_its_step_its_segments_its_warnings_and_when_it_will_be_done()
    {
        var dub = Put(SampleDubs.At(DubStage.Speaking, 66) with
        {
            Activity = new DubActivity
            {
                Step = "speak",
                SegmentsDone = 12,
                SegmentsTotal = 40,
                EtaSeconds = 35,
                Warnings = [new DubWarning(WarningCode.Of("a_code"), "A text.")],
            },
        });

        var body = await (await PollAsync(dub)).ReadAsync(200);

        Assert.That((body.Text("stage"), body.Text("step")), Is.EqualTo(("speaking", "speak")));
        Assert.That((body.GetProperty("segments_done").GetInt32(), body.GetProperty("segments_total").GetInt32()), Is.EqualTo((12, 40)));
        Assert.That(body.GetProperty("eta_seconds").GetInt32(), Is.EqualTo(35));
        Assert.That(body.GetProperty("warnings").GetRawText(), Is.EqualTo("""[{"code":"a_code","msg":"A text."}]"""));
    }

    [Test]
    public async Task A_waiting_dub_tells_nothing_that_is_not_known()
    {
        var body = await (await PollAsync(Put(SampleDubs.Accepted()))).ReadAsync(200);

        Assert.That(body.EnumerateObject().Select(p => p.Name), Has.None.AnyOf("step", "segments_done", "segments_total", "eta_seconds"));
        Assert.That((body.Text("stage"), body.GetProperty("warnings").GetArrayLength()), Is.EqualTo(("transcribing", 0)));
    }

    [TestCase("en", true)]
    [TestCase(null, false)]
    public async Task A_running_dub_tells_the_spoken_language_when_it_was_named(string? fromLang, bool told)
    {
        var dub = Put(SampleDubs.Accepted(fromLang));

        var body = await (await PollAsync(dub)).ReadAsync(200);

        Assert.That(body.TryGetProperty("from_lang", out _), Is.EqualTo(told));
    }

    [Test]
    public async Task A_dub_that_waits_says_what_for_and_since_when()
    {
        var since = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var dub = Put(SampleDubs.At(DubStage.Translating, 50) with
        {
            Activity = new DubActivity { Step = "translate", Wait = new DubWait("engine", "LibreTranslate cannot be reached.", since) },
        });

        var body = await (await PollAsync(dub)).ReadAsync(200);

        Assert.That((body.Text("waiting_for"), body.Text("waiting_message")), Is.EqualTo(("engine", "LibreTranslate cannot be reached.")));
        Assert.That(body.GetProperty("waiting_since").GetDateTimeOffset(), Is.EqualTo(since));
    }

    [Test]
    public async Task A_dub_is_found_by_a_numeric_text_and_an_upper_case_id()
    {
        var dub = Put(SampleDubs.Accepted());

        var body = await (await PollAsync("\"51\"", $"\"{dub.RequestId.ToString().ToUpperInvariant()}\"")).ReadAsync(200);

        Assert.That(body.Text("request_id"), Is.EqualTo($"{dub.RequestId}"));
    }

    [Test]
    public async Task A_failed_dub_tells_why_at_every_poll()
    {
        var dub = Put(SampleDubs.Failed("media_unreadable", "The file is no video."));

        for (var poll = 0; poll < 3; poll++)
        {
            var error = await (await PollAsync(dub)).ReadErrorAsync(500, "Progress API Error");
            Assert.That(error.Text("msg"), Is.EqualTo("The file is no video."));
            Assert.That(error.Text("error_code"), Is.EqualTo("media_unreadable"));
        }
    }

    [Test]
    public async Task A_submitted_dub_can_be_polled_at_once()
    {
        var submitted = await (await _api.PostAsync(
            "/ai_dub", """{"source_video_url":"https://a.example/v.mp4","user_id":"51","project_id":"ryan","to_lang":"es"}"""))
            .ReadAsync(200);

        var body = await (await PollAsync("51", $"\"{submitted.Text("request_id")}\"")).ReadAsync(200);

        Assert.That(body.Text("progress"), Is.EqualTo("Status_1"));
        Assert.That(body.GetProperty("percent").GetInt32(), Is.Zero);
    }

    private DubProgress Put(DubProgress dub)
    {
        _api.Progress.Put(dub);
        return dub;
    }

    private Task<HttpResponseMessage> PollAsync(DubProgress dub) => PollAsync("51", JsonSerializer.Serialize(dub.RequestId));

    private Task<HttpResponseMessage> PollAsync(string userId, string requestId) =>
        _api.PostAsync("/ai_dub/progress", $$"""{"user_id":{{userId}},"request_id":{{requestId}}}""");
}
