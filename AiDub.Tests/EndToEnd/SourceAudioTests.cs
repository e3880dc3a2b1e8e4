using System.Net;
using System.Text.Json;

namespace AiDub.Tests.EndToEnd;

/// <summary>Which sound of a source is dubbed, over HTTP: tracks, channels and languages.</summary>
public sealed class SourceAudioTests
{
    private const string Voice =
        "flite=text='We sailed the small boat across the lake this morning. The water was "
            + "cold.':voice=rms,aresample=48000,apad=whole_dur=7,atrim=0:7";
    private const string Picture = "testsrc2=size=64x48:rate=25:duration=7";
    private ClipServer _clips = null!;
    private DubServer _server = null!;
    private string _folder = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-tracks-").FullName;
        _clips = await ClipServer.StartAsync();
        _server = new DubServer(("Source__AllowedPrivateHosts__0", $"127.0.0.1:{_clips.Port}"));
        await _server.StartAsync();
        await Tool.RunAsync(
            "espeak-ng", "-v", "ja", "-w", Path.Combine(_folder, "ja.wav"), "おはようございます。きょうはとてもいいてんきですね。わたしたちはまちのれきしについてはなします。");
        await Tool.FfmpegAsync(
            "-f", "lavfi", "-i", Picture, "-f", "lavfi", "-i", "sine=f=330:d=7,volume=0.3",
            "-f", "lavfi", "-i", Voice, "-i", Path.Combine(_folder, "ja.wav"),
            "-map", "0", "-map", "1", "-map", "2", "-map", "3", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-t", "7",
            "-metadata:s:a:0", "title=Desktop", "-metadata:s:a:1", "language=eng", "-metadata:s:a:2",
            "language=jpn", "-disposition:a:2", "default", Path.Combine(_folder, "tracks.mkv"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _clips.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    [Category("Long")]
    public async Task The_track_of_the_spoken_language_is_dubbed_and_the_others_stay()
    {
        var (status, final) = await DubAsync("tracks.mkv", ("from_lang", "en"));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        var report = final.GetProperty("report");
        Assert.That(report.GetProperty("source_audio").GetRawText(), Is.EqualTo("""{"index":1,"language":"en","reason":"from_lang"}"""));
        Assert.That(report.GetProperty("source_words").GetInt32(), Is.InRange(11, 17));
        Assert.That(Warnings(final), Is.EqualTo(new[] { "draft_translation" }));
        Assert.That(report.GetProperty("translation_quality").GetString(), Is.EqualTo("draft"));
    }

    [Test]
    [Category("Long")]
    public async Task A_track_that_was_asked_for_is_dubbed_and_doubts_about_its_language_are_told()
    {
        var (status, final) = await DubAsync("tracks.mkv", ("source_audio", "2"), ("from_lang", "en"));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        Assert.That(final.GetProperty("report").GetProperty("source_audio").GetProperty("reason").GetString(), Is.EqualTo("asked"));
        Assert.That(Warnings(final), Does.Contain("from_lang_doubtful"));
    }

    [Test]
    [Category("Long")]
    public async Task Speech_of_a_language_that_nobody_recognises_is_not_dubbed_as_English()
    {
        var (status, failed) = await DubAsync("tracks.mkv");

        Assert.That(status, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(failed.GetProperty("error_code").GetString(), Is.EqualTo("from_lang_doubtful"));
        Assert.That(failed.GetProperty("msg").GetString(), Does.Contain("Japanese").And.Contain("1 (eng)"));
    }

    [Test]
    public async Task A_track_that_is_not_there_fails_with_those_that_are()
    {
        var (status, failed) = await DubAsync("tracks.mkv", ("source_audio", "fr"));

        Assert.That(status, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(failed.GetProperty("error_code").GetString(), Is.EqualTo("source_audio_not_found"));
        Assert.That(
            failed.GetProperty("msg").GetString(),
            Is.EqualTo("The source has no audio track fr; it has 0 (\"Desktop\"), 1 (eng), 2 (jpn)."));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> DubAsync(string name, params (string Field, string Value)[] more)
    {
        var request = new Dictionary<string, object>
        {
            ["source_video_url"] = _clips.Serve(Path.Combine(_folder, name)).OriginalString,
            ["user_id"] = 51,
            ["project_id"] = "ryan",
            ["to_lang"] = "es",
        };
        foreach (var (field, value) in more)
            request[field] = value;
        var (status, body) = await _server.PostAsync("/ai_dub", request);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        return await _server.FinishAsync(body.GetProperty("request_id").GetGuid());
    }

    private static IEnumerable<string?> Warnings(JsonElement final) =>
        final.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString());
}
