using System.Net;
using System.Text.Json;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.EndToEnd;

/// <summary>
/// Whole dubs through the engines over HTTP, by the real service; the vendors are a stand-in with the engines of this machine.
/// </summary>
[TestFixture]
internal sealed class VendorDubTests
{
    private StandInServer _vendors = null!;
    private ClipServer _clips = null!;
    private string _folder = null!;
    private Uri _clip = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _vendors = await StandInServer.StartAsync();
        _clips = await ClipServer.StartAsync();
        _folder = Directory.CreateTempSubdirectory("aidub-clips-").FullName;
        var clip = Path.Combine(_folder, "clip.mp4");
        await Tool.FfmpegAsync(
            "-v",
            "error",
            "-i",
            Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"),
            "-t",
            "9",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            clip);
        _clip = _clips.Serve(clip);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _vendors.DisposeAsync();
        await _clips.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [SetUp]
    public void Reset() => _vendors.Reset();

    private DubServer Server(params (string, string)[] engines) => new(
    [
        .. engines, ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{_clips.Port}"),
        ("Dubbing__RetrySeconds", "0.1"), ("Dubbing__SweepSeconds", "1"),
        ("Engines__OpenAi__BaseUrl", $"{_vendors.Root}/v1"),
        ("Engines__OpenAi__ApiKey", StandInServer.Key), ("Engines__OpenAi__RetrySeconds", "0.05"),
        ("Engines__OpenAiTranslator__BatchSegments", "1"), ("Engines__OpenAiSynthesizer__Voice", "es"),
        ("Engines__LibreTranslate__BaseUrl", _vendors.Root), ("Engines__LibreTranslate__RetrySeconds", "0.05"),
        ("Engines__ElevenLabs__BaseUrl", _vendors.Root),
        ("Engines__ElevenLabs__ApiKey", StandInServer.Key), ("Engines__ElevenLabs__Voice", "es"),
    ]);

    [Test]
    public async Task A_speaker_speaks_in_a_voice_made_of_their_own_until_the_dub_is_deleted()
    {
        await using var server = Server(("Engines__Synthesizer", "Espeak,ElevenLabs"));
        await server.StartAsync();
        var asked = new
        {
            source_video_url = _clip,
            user_id = 51,
            project_id = "ryan",
            from_lang = "en",
            to_lang = "es",
            transcript = "00:00:00,500 --> 00:00:04,000\nGood morning.\n\n00:00:04,500 --> 00:00:08,500\nThis is how we live.\n",
            voices = new Dictionary<string, string> { ["*"] = "clone", ["male"] = "clone", ["female"] = "clone" },
        };
        var (refused, why) = await server.PostAsync("/ai_dub", asked);
        Assert.That((refused, why.GetProperty("msg_code").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, "voice_consent_missing")));
        var (_, accepted) = await server.PostAsync(
            "/ai_dub",
            new
            {
                asked.source_video_url,
                asked.user_id,
                asked.project_id,
                asked.from_lang,
                asked.to_lang,
                asked.transcript,
                asked.voices,
                voice_consent = new { by = "Ryan", at = "2026-11-01T12:00:00Z" },
            });
        var id = accepted.GetProperty("request_id").GetGuid();

        var (status, final) = await server.FinishAsync(id);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString() + server.Log);
        var report = final.GetProperty("report");
        Assert.That(report.GetProperty("synthesizer").GetString(), Is.EqualTo("ElevenLabs"));
        var made = _vendors.Clones.Where(c => c.Value.StartsWith($"aidub-{id:N}-", StringComparison.Ordinal)).Select(c => c.Key).ToList();
        Assert.That(made, Is.Not.Empty);
        Assert.That(report.GetProperty("voices").EnumerateArray().Select(v => v.GetProperty("voice").GetString()), Is.EquivalentTo(made));
        using var deleted = await server.Http.DeleteAsync(new Uri(server.BaseAddress, $"/ai_dub/{id}?user_id=51"));
        Assert.That(deleted.IsSuccessStatusCode, Is.True);
        Assert.That(_vendors.Clones.Keys.Intersect(made), Is.Empty);
    }

    [Test]
    [Category("Long")]
    public async Task A_video_is_dubbed_through_OpenAI_s_protocol_and_what_failed_on_the_way_is_not_paid_for_twice()
    {
        await using var server = Server(
            ("Engines__Recognizer", "OpenAiRecognizer"), ("Engines__Translator", "OpenAiTranslator"),
            ("Engines__Synthesizer", "OpenAiSynthesizer"), ("Engines__OpenAi__Retries", "1"));
        await server.StartAsync();
        // The second batch fails twice: that is one attempt of the dub.
        _vendors.Fail("/completions", Fault.None, Fault.ServerError, Fault.Malformed);
        _vendors.Fail("/speech", Fault.CutBody);

        var (status, final) = await server.FinishAsync(await server.SubmitAsync(_clip));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString() + server.Log);
        var report = final.GetProperty("report");
        Assert.That(report.GetProperty("recognizer").GetString(), Is.EqualTo("OpenAiRecognizer whisper-1"));
        Assert.That(report.GetProperty("translator").GetString(), Is.EqualTo("OpenAiTranslator en-es"));
        Assert.That(report.GetProperty("synthesizer").GetString(), Is.EqualTo("OpenAiSynthesizer"));
        Assert.That(report.GetProperty("attempts").GetInt32(), Is.EqualTo(2));
        var usage = report.GetProperty("usage").EnumerateArray().ToDictionary(u => u.GetProperty("engine").GetString()!);
        Assert.That(usage["OpenAiRecognizer"].GetProperty("calls").GetInt32(), Is.EqualTo(1), "the first attempt's transcript was kept");
        Assert.That(usage["OpenAiRecognizer"].GetProperty("seconds").GetDouble(), Is.InRange(4, 9.1));
        AssertCallsAreCounted(usage["OpenAiTranslator"], "/completions");
        AssertCallsAreCounted(usage["OpenAiSynthesizer"], "/speech");
        var asked = _vendors.Requests.Where(r => r.Path.EndsWith("/completions", StringComparison.Ordinal))
            .GroupBy(r => r.Text)
            .Select(g => g.Count())
            .ToArray();
        Assert.That(asked[0], Is.EqualTo(1), "the batch before the fault was kept");
        Assert.That(asked[1], Is.EqualTo(3));
        Assert.That(
            server.FilesUnder("objects").Where(f => File.Exists(f) && f.Contains("/partial/", StringComparison.Ordinal)),
            Is.Empty,
            "only the unfinished needs its parts");
        AssertNothingTells(server, final);
    }

    [Test]
    [Category("Long")]
    public async Task A_video_is_dubbed_through_LibreTranslate_and_ElevenLabs()
    {
        await using var server = Server(("Engines__Translator", "LibreTranslate"), ("Engines__Synthesizer", "ElevenLabs"));
        await server.StartAsync();
        var (status, final) = await server.FinishAsync(await server.SubmitAsync(_clip));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString() + server.Log);
        var report = final.GetProperty("report");
        Assert.That(report.GetProperty("translator").GetString(), Is.EqualTo("LibreTranslate en-es"));
        Assert.That(
            report.GetProperty("usage").EnumerateArray().Select(u => u.GetProperty("engine").GetString()),
            Is.EqualTo((string[])["ElevenLabs", "LibreTranslate", "PocketSphinx"]));
        AssertNothingTells(server, final);
    }

    [Test]
    public async Task A_refused_key_fails_the_dub_at_once_with_the_engine_s_name()
    {
        await using var server = Server(("Engines__Recognizer", "OpenAiRecognizer"));
        await server.StartAsync();
        _vendors.Fail("/transcriptions", Fault.Unauthorized);
        var id = await server.SubmitAsync(_clip);
        var (status, failed) = await server.FinishAsync(id);
        Assert.That(status, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(failed.GetProperty("msg").GetString(), Does.StartWith("OpenAiRecognizer refused the service's key"));
        Assert.That(_vendors.Requests.Count(r => r.Path.EndsWith("/transcriptions", StringComparison.Ordinal)), Is.EqualTo(1));
        AssertNothingTells(server, failed);
    }

    private void AssertCallsAreCounted(JsonElement usage, string path)
    {
        Assert.That(
            usage.GetProperty("calls").GetInt32(),
            Is.EqualTo(_vendors.Requests.Count(r => r.Path.EndsWith(path, StringComparison.Ordinal))));
        Assert.That(usage.GetProperty("characters").GetInt64(), Is.Positive);
    }

    private void AssertNothingTells(DubServer server, JsonElement answer)
    {
        Assert.That(server.Log + answer, Does.Not.Contain(StandInServer.Key));
        Assert.That(answer.ToString(), Does.Not.Contain(_vendors.Root));
        foreach (var file in server.FilesUnder("").Where(f => File.Exists(f) && !f.EndsWith(".lock", StringComparison.Ordinal)))
            Assert.That(File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(StandInServer.Key)), Is.Negative, file);
    }
}
