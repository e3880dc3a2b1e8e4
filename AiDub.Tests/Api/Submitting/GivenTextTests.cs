using AiDub.Domain.Dubbing;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Submitting;

/// <summary>Submissions with the user's own transcript or translation.</summary>
public sealed class GivenTextTests
{
    private const string Srt = "1\\r\\n00:00:01,000 --> 00:00:02,000\\r\\nGr\u00fc\u00dfe + \\u00e9.\\r\\n";
    private const string Stored = "1\r\n00:00:01,000 --> 00:00:02,000\r\nGr\u00fc\u00dfe + \u00e9.\r\n";

    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [Test]
    public async Task A_text_is_stored_as_it_was_sent_under_a_key_that_the_order_names()
    {
        var id = (await SubmitAsync($"\"to_lang\":\"de\",\"translation\":\"{Srt}\"")).Text("request_id");

        var order = _api.Progress.All.Single().Order;
        Assert.That(order.Transcript, Is.Null);
        Assert.That(order.Translation, Is.EqualTo(new TextPlace.Stored($"work/{id}/given/translation.txt")));
        Assert.That(_api.Objects.Texts, Is.EqualTo(new Dictionary<string, string> { [$"work/{id}/given/translation.txt"] = Stored }));
    }

    [Test]
    public async Task An_address_is_stored_as_it_was_sent_and_no_text()
    {
        await SubmitAsync("\"to_lang\":\"es\",\"from_lang\":\"en\",\"transcript\":\"https://a.example/a+b%20.srt\",\"translation\":null");

        var order = _api.Progress.All.Single().Order;
        Assert.That(order.Transcript, Is.EqualTo(new TextPlace.Linked("https://a.example/a+b%20.srt")));
        Assert.That(order.Translation, Is.Null);
        Assert.That(_api.Objects.Texts, Is.Empty);
    }

    [TestCase("\"\"")]
    [TestCase("\" \"")]
    [TestCase("null")]
    public async Task An_empty_text_is_none(string sent)
    {
        await SubmitAsync($"\"to_lang\":\"es\",\"transcript\":{sent},\"translation\":{sent}");

        Assert.That(
            (_api.Progress.All.Single().Order.Transcript, _api.Progress.All.Single().Order.Translation),
            Is.EqualTo(((TextPlace?)null, (TextPlace?)null)));
    }

    [TestCase("\"to_lang\":\"de\",\"translation\":TEXT", TestName = "a translation needs a voice and no route")]
    [TestCase("\"to_lang\":\"de\",\"from_lang\":\"ja\",\"translation\":TEXT", TestName = "from a language that nothing recognises")]
    [TestCase("\"to_lang\":\"de\",\"transcript\":TEXT,\"translation\":TEXT", TestName = "with both the spoken language may be unknown")]
    [TestCase("\"to_lang\":\"es\",\"from_lang\":\"en\",\"transcript\":TEXT", TestName = "a transcript needs a route from its language")]
    [TestCase("\"to_lang\":\"de\",\"from_lang\":\"de\",\"transcript\":TEXT", TestName = "a transcript that is spoken as it is")]
    public async Task What_is_given_needs_no_engine(string fields)
    {
        await SubmitAsync(fields.Replace("TEXT", $"\"{Srt}\"", StringComparison.Ordinal));

        Assert.That(_api.Queue.Queued, Has.Count.EqualTo(1));
    }

    [TestCase(
        "\"to_lang\":\"ja\",\"translation\":TEXT", "to_lang_unsupported",
        "no engine here can dub into Japanese (ja); it can be one of: ca, de, en, es, id")]
    [TestCase(
        "\"to_lang\":\"de\",\"from_lang\":\"en\",\"transcript\":TEXT", "to_lang_unsupported",
        "no engine here can dub from English (en) into German (de); it can be one of: ca, en, es, id")]
    [TestCase(
        "\"to_lang\":\"es\",\"from_lang\":\"ja\",\"transcript\":TEXT", "to_lang_unsupported",
        "no engine here can dub from Japanese (ja) into Spanish (es); it can be one of: none")]
    [TestCase(
        "\"to_lang\":\"es\",\"transcript\":TEXT", "from_lang_missing", "from lang is missing: it says which language the transcript is in")]
    [TestCase(
        "\"to_lang\":\"es\",\"from_lang\":\"xx\",\"translation\":TEXT", "from_lang_invalid", "from lang is not a language of ISO 639-1")]
    [TestCase(
        "\"to_lang\":\"es\",\"translation\":\"1\\nsoon --> later\\nHi.\"", "translation_invalid",
        "translation cannot be read: line 2: a time is expected, such as 00:00:01,000 --> 00:00:02,500")]
    [TestCase("\"to_lang\":\"es\",\"from_lang\":\"en\",\"transcript\":\"Hello.\"", "transcript_invalid",
        "transcript cannot be read: line 1: a time is expected, such as 00:00:01,000 --> 00:00:02,500")]
    public async Task What_cannot_be_done_is_refused_with_the_reason_and_nothing_is_stored(string fields, string code, string msg)
    {
        var error = await (await PostAsync(fields.Replace("TEXT", $"\"{Srt}\"", StringComparison.Ordinal))).ReadErrorAsync(400, code);

        Assert.That(error.GetProperty("errors").EnumerateArray().Select(e => e.Text("msg")), Is.EqualTo([msg]));
        Assert.That((_api.Progress.All.Count, _api.Queue.Queued.Count, _api.Objects.Texts.Count), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task A_request_that_could_not_be_accepted_leaves_no_text()
    {
        _api.Progress.WriteFault = (0, new IOException("disk"));

        await (await PostAsync($"\"to_lang\":\"de\",\"translation\":\"{Srt}\"")).ReadErrorAsync(500, "internal_error");

        Assert.That(_api.Objects.Texts, Is.Empty);
    }

    private async Task<System.Text.Json.JsonElement> SubmitAsync(string fields) => await (await PostAsync(fields)).ReadAsync(200);

    private Task<HttpResponseMessage> PostAsync(string fields) =>
        _api.PostAsync("/ai_dub", $"{{\"source_video_url\":\"https://a.example/v.mp4\",\"user_id\":51,\"project_id\":\"ryan\",{fields}}}");
}
