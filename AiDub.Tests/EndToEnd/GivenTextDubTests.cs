using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Storage;
using Microsoft.AspNetCore.Http;

namespace AiDub.Tests.EndToEnd;

/// <summary>Whole dubs of texts that the user gave.</summary>
public sealed class GivenTextDubTests
{
    private ClipServer _clips = null!;
    private DubServer _server = null!;
    private Uri _clip = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _clips = await ClipServer.StartAsync();
        _server = new DubServer(("Source__AllowedPrivateHosts__0", $"127.0.0.1:{_clips.Port}"));
        await _server.StartAsync();
        var clip = Path.Combine(_server.DataFolder, "clip.mp4");
        await Tool.FfmpegAsync("-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-t", "12", "-c", "copy", clip);
        _clip = _clips.Serve(clip);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _clips.DisposeAsync();
    }

    [TestCase("de", "Willkommen in unserer B\u00e4ckerei.", "Das Brot ist noch warm.")]
    [TestCase("ja", "\u3088\u3046\u3053\u305d\u3002", "\u30d1\u30f3\u306f\u307e\u3060\u6e29\u304b\u3044\u3002")]
    public async Task A_translation_is_spoken_in_a_language_that_nothing_here_translates_into(string language, string first, string second)
    {
        var text =
            $"WEBVTT\n\n00:01.000 --> 00:03.500\n<i>{first}</i>\n\n00:05.000 --> 00:08.000\n{second}\n\n01:00.000 --> 01:01.000\nToo "
                + "late.\n";

        var (status, final) = await FinishAsync(new { to_lang = language, translation = text });

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        Assert.That((Text(final, "from_lang"), Text(final, "to_lang")), Is.EqualTo(("und", language)));
        var report = final.GetProperty("report");
        Assert.That(
            (Text(report, "recognizer"), Text(report, "translator"), Text(report, "synthesizer")), Is.EqualTo(("none", "given", "Espeak")));
        Assert.That(report.GetProperty("usage").EnumerateArray().Select(u => Text(u, "engine")), Is.EqualTo(new[] { "Espeak" }));
        Assert.That(final.GetProperty("warnings").EnumerateArray().Select(w => Text(w, "code")), Is.EqualTo(new[] { "texts_after_end" }));
        var srt = await _server.Http.GetStringAsync(Text(final.GetProperty("subtitles"), "srt"));
        Assert.That(srt, Does.Contain(first).And.Contain(second).And.Not.Contain("Too late"));
        var timeline = Artifact<Timeline>(final, "timeline.json").Segments;
        Assert.That(timeline.Select(s => (s.OriginalStart, s.OriginalEnd)), Is.EqualTo(new[] { (1.0, 3.5), (5.0, 8.0) }));
        Assert.That(timeline.Select(s => s.Start), Is.EqualTo(new[] { 1.0, 5.0 }).Within(0.5));
        Assert.That(
            _server.FilesUnder(Path.Combine("objects", "work", Text(final, "request_id")))
                .Where(f => f.EndsWith(".txt", StringComparison.Ordinal)),
            Is.Empty);
    }

    [Test]
    public async Task A_transcript_at_an_address_is_translated_in_place_of_what_would_be_recognised()
    {
        var transcript = _clips.On(
            "said.srt", c => c.Response.WriteAsync("\uFEFF1\r\n00:00:01,000 --> 00:00:04,000\r\nThe bread is warm.\r\n"));

        var (status, final) = await FinishAsync(new { to_lang = "es", from_lang = "en", transcript });

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        Assert.That(Text(final.GetProperty("report"), "recognizer"), Is.EqualTo("given"));
        Assert.That(final.GetProperty("report").GetProperty("source_words").GetInt32(), Is.EqualTo(4));
        Assert.That(await _server.Http.GetStringAsync(Text(final.GetProperty("subtitles"), "srt")), Does.Contain("pan"));
    }

    [Test]
    public async Task A_text_as_people_have_it_is_mended_its_speakers_get_voices_and_its_sounds_stay_in_the_subtitles()
    {
        const string text = "1\n00:00:01,000 --> 00:00:01,500\n[Música]\n\n2\n00:00:02,000 --> 00:00:02,000\nJUAN: Mañana (risas) iré.\n\n"
            + "3\n00:00:05,000 --> 00:00:08,000\nMARÍA: ¿A 20 ℃?\n";
        var translation = _clips.On("people.srt", c => c.Response.Body.WriteAsync(
            System.Text.CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(
                text.Replace("℃", "°C", StringComparison.Ordinal))).AsTask());

        var (status, final) = await FinishAsync(new { to_lang = "es", translation });

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        var warning = final.GetProperty("warnings").EnumerateArray().Single(w => Text(w, "code") == "text_repaired");
        Assert.That(Text(warning, "msg"), Does.Contain("windows-1252").And.Contain("line 6: the end is the start"));
        var srt = await _server.Http.GetStringAsync(Text(final.GetProperty("subtitles"), "srt"));
        Assert.That(srt, Does.Contain("[Música]").And.Contain("Mañana (risas) iré.").And.Contain("¿A 20 °C?").And.Not.Contain("JUAN"));
        Assert.That(
            Artifact<Timeline>(final, "timeline.json").Segments.Select(s => s.Text), Is.EqualTo(new[] { "Mañana iré.", "¿A 20 °C?" }));
        var voices = final.GetProperty("report").GetProperty("voices").EnumerateArray().Select(v => Text(v, "voice")).ToList();
        Assert.That(voices, Has.Count.EqualTo(2).And.Unique);
    }

    [Test]
    public async Task Both_texts_keep_their_own_times()
    {
        const string said =
            "00:00:01,000 --> 00:00:04,000\nOne.\n\n00:00:04,000 --> 00:00:06,000\nTwo.\n\n00:00:07,000 --> 00:00:08,000\nThree.\n";
        const string spoken = "00:00:02,000 --> 00:00:05,000\nEins und zwei und drei.\n";

        var (status, final) = await FinishAsync(new { to_lang = "de", transcript = said, translation = spoken });

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        Assert.That(
            Artifact<AiDub.Domain.Speech.Transcript>(final, "transcript.json").Segments.Select(s => s.Text),
            Is.EqualTo(new[] { "One.", "Two.", "Three." }));
        Assert.That(Artifact<Timeline>(final, "timeline.json").Segments.Single().OriginalStart, Is.EqualTo(2));
    }

    [Test]
    [Category("Long")]
    public async Task More_cues_than_can_be_spoken_are_left_out_and_it_is_said_which()
    {
        var cues = string.Concat(
            Enumerable.Range(0, 60).Select(i => $"00:00:{i / 6.0:00.000} --> 00:00:{(i + 1) / 6.0:00.000}\nDas ist der Satz {i}.\n\n"));

        var (status, final) = await FinishAsync(new { to_lang = "de", translation = cues });

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        var report = final.GetProperty("report");
        var spoken = report.GetProperty("segments").GetInt32();
        Assert.That(report.GetProperty("left_out_segments").GetInt32(), Is.EqualTo(60 - spoken).And.GreaterThan(20));
        Assert.That(report.GetProperty("left_out")[0].GetProperty("text").GetString(), Does.StartWith("Das ist der Satz"));
        Assert.That(report.GetProperty("timing").GetProperty("max_tempo").GetDouble(), Is.LessThanOrEqualTo(2));
        var warning = final.GetProperty("warnings").EnumerateArray().Single(w => Text(w, "code") == "segment_left_out");
        Assert.That(Text(warning, "msg"), Does.StartWith($"{60 - spoken} of 60 segments are not spoken").And.Contain("Das ist der Satz"));
        var srt = await _server.Http.GetStringAsync(Text(final.GetProperty("subtitles"), "srt"));
        Assert.That(
            Enumerable.Range(0, 60).Where(i => !srt.Contains($"Satz {i}.", StringComparison.Ordinal)),
            Is.Empty,
            "subtitles keep what is not spoken");

        var address = $"/ai_dub/{Text(final, "request_id")}";
        var segments = (await _server.Http.GetFromJsonAsync<JsonElement>(new Uri(_server.BaseAddress, $"{address}/segments?user_id=51")))
            .GetProperty("segments")
            .EnumerateArray()
            .ToList();
        var left = segments.First(s => s.GetProperty("left_out").GetBoolean());
        Assert.That(segments.Count(s => s.GetProperty("left_out").GetBoolean()), Is.EqualTo(60 - spoken));
        Assert.That(left.TryGetProperty("dub_start", out var start) && start.ValueKind == JsonValueKind.Number, Is.False);
    }

    [Test]
    public async Task A_segment_that_was_left_out_is_spoken_once_it_is_said_in_fewer_words()
    {
        var cues = "00:00:01,000 --> 00:00:03,000\nDas Brot ist noch warm.\n\n00:00:05,000 --> 00:00:05,200\n"
            + string.Join(' ', Enumerable.Repeat("Bäckerei", 100));
        var (_, first) = await FinishAsync(new { to_lang = "de", translation = cues });
        var segments = new Uri(_server.BaseAddress, $"/ai_dub/{Text(first, "request_id")}/segments");
        using var edited = await _server.Http.PatchAsJsonAsync(
            new Uri($"{segments}/1"), new { user_id = 51, revision = 0, translation = "Frisch!" });

        await _server.PostAsync($"/ai_dub/{Text(first, "request_id")}/render", new { user_id = 51 });
        var (status, final) = await _server.FinishAsync(Guid.Parse(Text(first, "request_id")));

        Assert.That(first.GetProperty("report").GetProperty("left_out")[0].GetProperty("start").GetDouble(), Is.EqualTo(5));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        Assert.That(final.GetProperty("report").GetProperty("left_out_segments").GetInt32(), Is.Zero);
        Assert.That(final.GetProperty("warnings").EnumerateArray().Select(w => Text(w, "code")), Does.Not.Contain("segment_left_out"));
        var spoken = (await _server.Http.GetFromJsonAsync<JsonElement>(new Uri($"{segments}?user_id=51"))).GetProperty("segments")[1];
        Assert.That((spoken.GetProperty("left_out").GetBoolean(), spoken.GetProperty("dub_start").GetDouble()), Is.EqualTo((false, 5.0)));
    }

    [Test]
    public async Task A_cue_that_nothing_makes_fit_is_refused_by_name()
    {
        var (status, error) = await FinishAsync(
            new
            {
                to_lang = "de",
                translation = $"00:00:01,000 --> 00:00:01,200\n{string.Join(' ', Enumerable.Repeat("Bäckerei", 100))}\n",
            });

        Assert.That(status, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(Text(error, "error_code"), Is.EqualTo("speech_does_not_fit"));
    }

    [TestCase("1\nsoon --> later\nHello.", 200, "transcript_invalid", "The transcript cannot be read: line 2: a time is expected, "
        + "such as 00:00:01,000 --> 00:00:02,500.")]
    [TestCase("", 404, "transcript_unavailable", "The transcript could not be fetched: there is no file at its address.")]
    [TestCase("too large", 200, "transcript_unavailable", "The transcript could not be fetched: it is larger than 8 MB.")]
    public async Task A_bad_file_at_an_address_fails_the_dub_with_the_reason(string body, int answer, string code, string msg)
    {
        var transcript = _clips.On($"{code}{body.Length}.srt", c =>
        {
            c.Response.StatusCode = answer;
            return c.Response.WriteAsync(body == "too large" ? new string('x', (8 << 20) + 1) : body);
        });

        var (status, error) = await FinishAsync(new { to_lang = "es", from_lang = "en", transcript });

        Assert.That(status, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That((Text(error, "error_code"), Text(error, "msg")), Is.EqualTo((code, msg)));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> FinishAsync(object fields)
    {
        var request = JsonSerializer.SerializeToNode(fields)!.AsObject();
        (request["source_video_url"], request["user_id"], request["project_id"]) = (_clip.OriginalString, 51, "ryan");
        var (status, body) = await _server.PostAsync("/ai_dub", request);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        return await _server.FinishAsync(body.GetProperty("request_id").GetGuid());
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private T Artifact<T>(JsonElement final, string name) => JsonSerializer.Deserialize<T>(
        File.ReadAllText(
            _server.FilesUnder(Path.Combine("objects", "work", Text(final, "request_id"))).Single(file => Path.GetFileName(file) == name)),
        StoredJson.Options)!;
}
