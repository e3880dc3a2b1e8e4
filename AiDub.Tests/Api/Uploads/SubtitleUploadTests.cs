using AiDub.Domain.Dubbing;
using AiDub.Domain.Subtitles;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Uploads;

/// <summary>Subtitle files that are larger than a request may be.</summary>
public sealed class SubtitleUploadTests
{
    private const string Srt = "1\n00:00:01,000 --> 00:00:02,000\nHola.\n";

    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [TestCase("talk.srt")]
    [TestCase("TALK.VTT")]
    public async Task A_file_that_can_be_read_is_taken_and_its_address_can_be_submitted_in_place_of_its_text(string name)
    {
        var text = string.Concat(Enumerable.Repeat(Srt, 1000));

        var address = (await (await UploadAsync(name, text)).ReadAsync(200)).Text("source_video_url");
        var fields = $$""" "user_id":51,"project_id":"ryan","to_lang":"es","translation":"{{address}}" """;
        await (await _api.PostAsync("/ai_dub", $$"""{"source_video_url":"https://a.example/v.mp4",{{fields}}}""")).ReadAsync(200);

        Assert.That(_api.Objects.Texts.Values.Single(), Is.EqualTo(text));
        Assert.That(_api.Progress.All.Single().Order.Translation, Is.EqualTo(new TextPlace.Linked(address)));
    }

    [TestCase("talk.srt", "Hola.", "the file cannot be read: line 1: a time is expected, such as 00:00:01,000 --> 00:00:02,500")]
    [TestCase(
        "talk.vtt", "WEBVTT\n\nsoon --> later\nHola.",
        "the file cannot be read: line 3: a time is expected, such as 00:00:01,000 --> 00:00:02,500")]
    public async Task A_file_that_cannot_be_read_is_refused_with_the_line(string name, string text, string msg)
    {
        var error = await (await UploadAsync(name, text)).ReadErrorAsync(400, "subtitles_invalid");

        Assert.That(error.Text("msg"), Is.EqualTo(msg));
        Assert.That(_api.Objects.Texts, Is.Empty);
    }

    [Test]
    public async Task A_file_of_more_than_is_read_is_too_large()
    {
        await (await UploadAsync("talk.srt", Srt + new string('\n', SubtitleBytes.MaxBytes))).ReadErrorAsync(413, "body_too_large");

        Assert.That(_api.Objects.Texts, Is.Empty);
    }

    private Task<HttpResponseMessage> UploadAsync(string name, string text) =>
        _api.Client.PostAsync("/ai_dub/uploads", new MultipartFormDataContent { { new StringContent(text), "file", name } });
}
