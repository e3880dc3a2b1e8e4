using System.Text.Json;
using AiDub.Api.Submitting;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Submitting;

/// <summary>A submission that is repeated with the same key is made once.</summary>
public sealed class IdempotencyTests
{
    private const string Submission = """{"source_video_url":"https://a.example/v.mp4","user_id":51,"project_id":"ryan","to_lang":"es"}""";
    private const string Several =
        """{"source_video_url":"https://a.example/v.mp4","user_id":51,"project_id":"ryan","to_lang":["es","ca","id"]}""";

    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [TestCase(Submission, 1)]
    [TestCase(Several, 3)]
    public async Task A_repetition_is_answered_the_same_and_makes_nothing(string submission, int dubs)
    {
        var first = await (await PostAsync(submission, "key-1")).Content.ReadAsStringAsync();
        var second = await (await PostAsync(submission, "key-1")).Content.ReadAsStringAsync();

        Assert.That(second, Is.EqualTo(first));
        Assert.That((_api.Progress.All.Count, _api.Queue.Queued.Count), Is.EqualTo((dubs, 1)));
    }

    [TestCase(Submission, 1)]
    [TestCase(Several, 3)]
    public async Task Of_100_parallel_repetitions_one_makes_the_dubs(string submission, int dubs)
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(async _ => (await (await PostAsync(submission, "key-1")).ReadAsync(200)).GetRawText()));

        Assert.That(answers.Distinct().Count(), Is.EqualTo(1));
        Assert.That(_api.Progress.All, Has.Count.EqualTo(dubs));
        Assert.That(_api.Queue.Queued.Distinct().Count(), Is.EqualTo(_api.Queue.Queued.Count), "no dub is queued twice");
    }

    // What claims of versions before were hashed of: a field that is new must not be in it when it was not sent.
    [Test]
    public void A_request_is_known_by_the_same_text_in_every_version() => Assert.That(
        JsonSerializer.Serialize(
            new SubmitRequest { SourceVideoUrl = "https://a.example/a+b.mp4", UserId = 51, ProjectId = "ryan", ToLang = "es" },
            WireJson.Options),
        Is.EqualTo("""{"source_video_url":"https://a.example/a+b.mp4","user_id":51,"project_id":"ryan","to_lang":"es"}"""));

    [Test]
    public async Task What_means_the_same_is_the_same_request()
    {
        await PostAsync(Submission, "key-1");

        await (await PostAsync(
            """{"to_lang":"es",  "from_lang":null,"project_id":"ryan","user_id":"51","source_video_url":"https:\/\/a.example/v.mp4"}""",
            "key-1"))
            .ReadAsync(200);

        Assert.That(_api.Progress.All, Has.Count.EqualTo(1));
    }

    [TestCase("\"es\"", "\"ca\"")]
    [TestCase("\"es\"", "[\"es\"]")]
    [TestCase("v.mp4", "w.mp4")]
    [TestCase("ryan", "bryan")]
    [TestCase("\"es\"", "\"es\",\"voices\":{\"*\":\"es\"}")]
    [TestCase("\"es\"", "\"es\",\"translation\":\"00:00:01,000 --> 00:00:02,000\\nHi.\"")]
    public async Task A_key_that_stands_for_another_request_is_refused(string what, string with)
    {
        await PostAsync(Submission, "key-1");

        await (await PostAsync(Submission.Replace(what, with, StringComparison.Ordinal), "key-1"))
            .ReadErrorAsync(422, "idempotency_key_reused");

        Assert.That(_api.Progress.All, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Users_do_not_share_keys_and_no_key_is_no_repetition()
    {
        await PostAsync(Submission, "key-1");
        await PostAsync(Submission.Replace(":51", ":52", StringComparison.Ordinal), "key-1");
        await PostAsync(Submission, null);
        await PostAsync(Submission, null);

        Assert.That(_api.Progress.All, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task A_refused_request_claims_no_key()
    {
        await (await PostAsync(Submission.Replace("ryan", "", StringComparison.Ordinal), "key-1"))
            .ReadErrorAsync(400, "project_id_missing");

        await (await PostAsync(Submission, "key-1")).ReadAsync(200);
    }

    [Test]
    public async Task A_try_that_broke_off_is_ended_by_the_next_one_under_the_same_ids()
    {
        _api.Progress.WriteFault = (1, new IOException("disk"));
        await (await PostAsync(Several, "key-1")).ReadErrorAsync(500, "internal_error");
        var begun = _api.Progress.All.Single();
        _api.Progress.WriteFault = null;

        var answer = await (await PostAsync(Several, "key-1")).ReadAsync(200);

        Assert.That(answer.Text("request_id"), Is.EqualTo($"{begun.RequestId}"));
        Assert.That(_api.Progress.All.Select(d => d.Order.ToLang), Is.EquivalentTo(new[] { "es", "ca", "id" }));
        Assert.That(_api.Progress.All.Select(d => d.RequestId), Is.EquivalentTo(begun.Order.Batch!.Requests));
    }

    [Test]
    public async Task A_try_that_died_before_any_record_is_ended_by_the_next_one()
    {
        _api.Progress.WriteFault = (0, new IOException("disk"));
        await (await PostAsync(Submission, "key-1")).ReadErrorAsync(500, "internal_error");
        _api.Progress.WriteFault = null;

        var answer = await (await PostAsync(Submission, "key-1")).ReadAsync(200);

        Assert.That(_api.Queue.Queued, Is.EqualTo(new[] { answer.GetProperty("request_id").GetGuid() }));
    }

    [Test]
    public async Task A_dub_that_was_delivered_is_not_made_again()
    {
        var id = (await (await PostAsync(Submission, "key-1")).ReadAsync(200)).GetProperty("request_id").GetGuid();
        await _api.Progress.RemoveAsync(id, default);

        var again = await (await PostAsync(Submission, "key-1")).ReadAsync(200);

        Assert.That(again.GetProperty("request_id").GetGuid(), Is.EqualTo(id));
        Assert.That(_api.Progress.All, Is.Empty);
    }

    [Test]
    public async Task A_dub_that_was_recorded_before_its_submission_was_noted_as_accepted_is_not_made_again()
    {
        var id = (await (await PostAsync(Submission, "key-1")).ReadAsync(200)).GetProperty("request_id").GetGuid();
        _api.Claims.Claims[(51, "key-1")] = _api.Claims.Claims[(51, "key-1")] with { IsAccepted = false };
        var order = _api.Progress.All.Single().Order;
        _api.Dubs.Records[id] = new DubRecord { Order = order, Response = Samples.Response(), CreatedAt = default, FinishedAt = default };
        await _api.Progress.RemoveAsync(id, default);

        await (await PostAsync(Submission, "key-1")).ReadAsync(200);

        Assert.That(_api.Progress.All, Is.Empty);
    }

    [TestCase("")]
    [TestCase("two words")]
    [TestCase("a\tb")]
    [TestCase("256")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        key = key == "256" ? new string('k', 256) : key;

        await (await PostAsync(Submission, key)).ReadErrorAsync(400, "idempotency_key_invalid");

        Assert.That(_api.Progress.All, Is.Empty);
    }

    [Test]
    public async Task A_key_may_have_255_characters_of_any_visible_kind() =>
        await (await PostAsync(Submission, new string('!', 128) + new string('~', 127))).ReadAsync(200);

    private Task<HttpResponseMessage> PostAsync(string json, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/ai_dub") { Content = ApiHost.Json(json) };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return _api.Client.SendAsync(request);
    }
}
