using System.Globalization;
using System.Net;
using System.Text.Json;
using AiDub.Domain.Speakers;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Storage;
using AiDub.Tests.Jobs.Dubbing.Steps;
using AiDub.Tests.Jobs.Engines;

namespace AiDub.Tests.EndToEnd;

/// <summary>Whole dubs of two people who talk in turn.</summary>
public sealed class VoicesTests
{
    private EngineHost _host = null!;
    private ClipServer _clips = null!;
    private DubServer _server = null!;
    private Dialogue _dialogue = null!;
    private Uri _clip = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = new EngineHost();
        _dialogue = await Dialogue.SpokenAsync(_host, null, "rms", "slt");
        var video = _host.PathOf("dialogue.mkv");
        await Tool.FfmpegAsync("-v", "error", "-i", _dialogue.WavPath, "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25", "-map", "1:v",
            "-map", "0:a",
            "-shortest", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "libopus", video);
        _clips = await ClipServer.StartAsync();
        _clip = _clips.Serve(video);
        _server = new DubServer(("Source__AllowedPrivateHosts__0", $"127.0.0.1:{_clips.Port}"));
        await _server.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _clips.DisposeAsync();
        _host.Dispose();
    }

    [Test]
    [Category("Long")]
    public async Task Two_speakers_keep_two_voices_of_fitting_pitch_throughout()
    {
        var id = await SubmitAsync(null, isRecognized: true);
        var (status, final) = await _server.FinishAsync(id);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        var voices = final.GetProperty("report").GetProperty("voices");
        TestContext.Out.WriteLine(voices);
        Assert.That(voices.EnumerateArray().Select(v => (v.GetProperty("speaker").GetString(), v.GetProperty("gender").GetString())),
            Is.EqualTo(new[] { ("S1", "male"), ("S2", "female") }));
        Assert.That(voices[0].GetProperty("pitch_hz").GetDouble(), Is.EqualTo(102).Within(8).Percent);
        Assert.That(voices[1].GetProperty("pitch_hz").GetDouble(), Is.EqualTo(172).Within(8).Percent);
        AssertSpoken(id, voices[0].GetProperty("voice").GetString()!, voices[1].GetProperty("voice").GetString()!);
        Assert.That(voices[1].GetProperty("voice").GetString(), Does.Match(@"\+f\d$"));
        Assert.That(
            voices.EnumerateArray().Sum(v => v.GetProperty("segments").GetInt32()),
            Is.EqualTo(final.GetProperty("report").GetProperty("segments").GetInt32()));
    }

    [Test]
    public async Task Chosen_voices_speak_and_those_for_nobody_are_told()
    {
        var id = await SubmitAsync(new() { ["male"] = "es-419+m7", ["S2"] = "es+f3", ["S7"] = "es" }, isRecognized: false);
        var (status, final) = await _server.FinishAsync(id);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        AssertSpoken(id, "es-419+m7", "es+f3");
        var warning = final.GetProperty("warnings").EnumerateArray().Single(w => w.GetProperty("code").GetString() == "voices_unused");
        Assert.That(warning.GetProperty("msg").GetString(), Does.Contain("S7"));
    }

    [Test]
    public async Task A_voice_that_the_engine_does_not_have_fails_the_dub()
    {
        var (status, body) = await _server.FinishAsync(await SubmitAsync(new() { ["*"] = "nobody" }, isRecognized: false));

        Assert.That(status, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(body.GetProperty("error_code").GetString(), Is.EqualTo("voice_unknown"));
    }

    private async Task<Guid> SubmitAsync(Dictionary<string, string>? voices, bool isRecognized)
    {
        var (status, body) = await _server.PostAsync("/ai_dub", new
        {
            source_video_url = _clip.OriginalString,
            user_id = 51,
            project_id = "ryan",
            from_lang = "en",
            to_lang = "es",
            transcript = isRecognized ? null : Said(),
            voices,
        });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        return body.GetProperty("request_id").GetGuid();
    }

    private string Said() => string.Join(
        "\n\n", _dialogue.Segments.Select(s => $"{Time(s.Start)} --> {Time(s.End)}\n{Dialogue.Sentences[s.Index]}"));

    private static string Time(double seconds) =>
        TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss\,fff", CultureInfo.InvariantCulture);

    private void AssertSpoken(Guid id, string first, string second)
    {
        var (right, segments) = (0, Artifact<Timeline>(id, "timeline.json").Segments);
        foreach (var segment in segments)
        {
            var middle = (segment.OriginalStart + segment.OriginalEnd) / 2;
            var turn = _dialogue.Segments.MinBy(s => Math.Abs((s.Start + s.End) / 2 - middle))!.Index;
            right += segment.Voice == (_dialogue.Voices[turn] == "rms" ? first : second) ? 1 : 0;
        }
        Assert.That(segments.Select(s => s.Voice).Distinct(), Is.EquivalentTo(new[] { first, second }));
        Assert.That(right, Is.GreaterThanOrEqualTo(0.9 * segments.Count));
        Assert.That(Artifact<SpeakerMap>(id, "speakers.json").Speakers, Has.Count.EqualTo(2));
    }

    private T Artifact<T>(Guid id, string name) => JsonSerializer.Deserialize<T>(
        File.ReadAllText(
            Directory.EnumerateFiles(Path.Combine(_server.DataFolder, "objects", "work", id.ToString()), name, SearchOption.AllDirectories)
                .Single()), StoredJson.Options)!;
}
