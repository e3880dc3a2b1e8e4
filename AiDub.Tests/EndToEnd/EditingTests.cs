using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AiDub.Tests.EndToEnd;

/// <summary>A real dub is edited and rendered again.</summary>
[TestFixture]
public sealed class EditingTests
{
    private const string Said = """
        00:00:00,500 --> 00:00:03,000
        Good morning, and welcome to our small farm.

        00:00:03,600 --> 00:00:06,600
        Today I want to show you how we make bread.

        00:00:07,000 --> 00:00:09,500
        First, we mix the flour with warm water.
        """;

    private ClipServer _clips = null!;
    private DubServer _server = null!;
    private string _folder = null!;
    private Guid _id;
    private JsonElement _first;

    [OneTimeSetUp]
    public async Task DubAClip()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-clips-").FullName;
        _clips = await ClipServer.StartAsync();
        _server = new DubServer(("Source__AllowedPrivateHosts__0", $"127.0.0.1:{_clips.Port}"));
        await _server.StartAsync();
        var clip = Path.Combine(_folder, "clip.mp4");
        await Tool.FfmpegAsync(
            ["-v", "error", "-t", "10", "-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-c", "copy", clip]);
        _id = await _server.SubmitAsync(_clips.Serve(clip), transcript: Said);
        var (status, final) = await _server.FinishAsync(_id);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        _first = final;
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _clips.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    [Order(1)]
    public async Task One_edited_segment_is_spoken_again_and_the_others_are_reused()
    {
        var before = await SegmentsAsync();
        Assert.That((before.GetProperty("revision").GetInt32(), before.GetProperty("rendered_revision").GetInt32()), Is.EqualTo((0, 0)));
        var segments = before.GetProperty("segments").EnumerateArray().ToList();
        Assert.That(segments, Has.Count.GreaterThan(1));
        var spokenBefore = Speech();
        var charactersBefore = SpokenCharacters(_first);

        var (edited, answer) = await PatchAsync(1, new { user_id = 51, revision = 0, translation = "Hola a todos, esto es nuevo." });
        Assert.That(edited, Is.EqualTo(HttpStatusCode.OK), answer.ToString());
        Assert.That(
            (answer.GetProperty("revision").GetInt32(), answer.GetProperty("segment").GetProperty("changed").GetBoolean()),
            Is.EqualTo((1, true)));
        var (stale, refusal) = await PatchAsync(1, new { user_id = 51, revision = 0, translation = "Otra cosa." });
        Assert.That(
            (stale, refusal.GetProperty("msg_code").GetString(), refusal.GetProperty("revision").GetInt32()),
            Is.EqualTo((HttpStatusCode.Conflict, "revision_stale", 1)));

        var final = await RenderAsync(new { user_id = 51, revision = 1 });

        Assert.That(final.GetProperty("request_id").GetGuid(), Is.EqualTo(_id));
        var after = await SegmentsAsync();
        Assert.That(after.GetProperty("rendered_revision").GetInt32(), Is.EqualTo(1));
        Assert.That(after.GetProperty("segments").EnumerateArray().Any(s => s.GetProperty("changed").GetBoolean()), Is.False);
        var spoken = Speech();
        var kept = spokenBefore.Keys.Intersect(spoken.Keys).ToList();
        Assert.That(kept, Has.Count.EqualTo(spokenBefore.Count - 1), "the speech of the other segments is there");
        Assert.That(kept.Select(key => spoken[key]), Is.EqualTo(kept.Select(key => spokenBefore[key])), "and was not written again");
        Assert.That(
            spoken.Keys.Except(kept)
                .All(key => key.Contains("/r1/", StringComparison.Ordinal) && key.EndsWith("0002.wav", StringComparison.Ordinal)),
            Is.True);
        Assert.That(
            SpokenCharacters(final) - charactersBefore,
            Is.LessThanOrEqualTo(2 * "Hola a todos, esto es nuevo.".Length),
            "only that was spoken: once, and once at its rate");

        var srt = await _server.Http.GetStringAsync(final.GetProperty("subtitles").GetProperty("srt").GetString());
        Assert.That(srt.Replace('\n', ' '), Does.Contain("esto es nuevo"));
        Assert.That(final.GetProperty("result_url").GetString(), Does.Contain("/r1/"));
        using var old = await _server.Http.GetAsync(_first.GetProperty("result_url").GetString());
        Assert.That(old.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "the old result is gone");
        var result = await DownloadAsync(final, "r1.mp4");
        Assert.That(await Tool.DurationAsync(result), Is.EqualTo(10).Within(0.2));
        Assert.That(final.GetProperty("report").GetProperty("attempts").GetInt32(), Is.EqualTo(2), "attempts go on");
    }

    [Test]
    [Order(2)]
    public async Task An_edited_source_text_is_translated_anew()
    {
        var revision = (await SegmentsAsync()).GetProperty("revision").GetInt32();
        var (status, answer) = await PatchAsync(0, new { user_id = 51, revision, text = "The house is red." });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToString());

        await RenderAsync(new { user_id = 51 });

        var segments = (await SegmentsAsync()).GetProperty("segments").EnumerateArray().ToList();
        Assert.That(segments[0].GetProperty("text").GetString(), Is.EqualTo("The house is red."));
        Assert.That(segments[0].GetProperty("translation").GetString(), Does.Contain("casa").And.Contain("roja"));
        Assert.That(segments[1].GetProperty("translation").GetString(), Is.EqualTo("Hola a todos, esto es nuevo."));
    }

    [TestCase("text", "", "text_invalid")]
    [TestCase("translation", "...", "translation_invalid")]
    [TestCase("voice", "nobody", "voice_invalid")]
    [TestCase("start", 11.0, "time_invalid")]
    [TestCase("end", 9.99, "segments_overlap")]
    [TestCase("end", "x", "body_invalid")]
    [Order(3)]
    public async Task A_wrong_edit_is_refused_with_its_code(string field, object value, string code)
    {
        var revision = (await SegmentsAsync()).GetProperty("revision").GetInt32();

        var (status, answer) = await PatchAsync(
            0, new Dictionary<string, object> { ["user_id"] = 51, ["revision"] = revision, [field] = value });

        Assert.That((status, answer.GetProperty("msg_code").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, code)), answer.ToString());
        Assert.That((await SegmentsAsync()).GetProperty("revision").GetInt32(), Is.EqualTo(revision));
    }

    [TestCase(null, null)]
    [TestCase(null, "Hola a todos, esto es nuevo.")]
    [TestCase("as it is", "Hola a todos, esto es nuevo.")]
    [Order(3)]
    public async Task An_edit_that_changes_nothing_leaves_the_revision(string? text, string? translation)
    {
        var read = await SegmentsAsync();
        var before = read.GetProperty("revision").GetInt32();
        if (text is not null)
            text = read.GetProperty("segments")[1].GetProperty("text").GetString();

        var (status, answer) = await PatchAsync(1, new { user_id = 51, revision = before, text, translation });

        Assert.That((status, answer.GetProperty("revision").GetInt32()), Is.EqualTo((HttpStatusCode.OK, before)), answer.ToString());
        var after = await SegmentsAsync();
        Assert.That(after.GetProperty("revision").GetInt32(), Is.EqualTo(before));
        Assert.That(after.GetProperty("segments")[1].GetProperty("changed").GetBoolean(), Is.False);
    }

    [Test]
    [Order(3)]
    public async Task Another_user_finds_nothing_to_edit()
    {
        using var list = await _server.Http.GetAsync(new Uri(_server.BaseAddress, $"/ai_dub/{_id}/segments?user_id=52"));
        var (edit, _) = await PatchAsync(0, new { user_id = 52, revision = 0, text = "Mine now." });
        var (render, answer) = await _server.PostAsync($"/ai_dub/{_id}/render", new { user_id = 52 });

        Assert.That(
            (list.StatusCode, edit, render), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That(answer.GetProperty("msg_code").GetString(), Is.EqualTo("dub_not_found"));
    }

    [TestCase("transcript.srt", "application/x-subrip", "transcript.en.srt", "1\n00:")]
    [TestCase("transcript.vtt", "text/vtt", "transcript.en.vtt", "WEBVTT\n\n00:")]
    [TestCase("translation.srt", "application/x-subrip", "translation.es.srt", "1\n00:")]
    [TestCase("translation.json", "application/json", "translation.es.json", "{\"request_id\"")]
    [Order(3)]
    public async Task Texts_are_exported_as_attachments(string path, string type, string name, string beginning)
    {
        using var response = await _server.Http.GetAsync(new Uri(_server.BaseAddress, $"/ai_dub/{_id}/{path}?user_id=51"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(type));
        Assert.That(response.Content.Headers.ContentDisposition!.ToString(), Does.StartWith("attachment; filename=" + name));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith(beginning));
        using var other = await _server.Http.GetAsync(new Uri(_server.BaseAddress, $"/ai_dub/{_id}/{path}?user_id=52"));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    [Order(4)]
    public async Task Soft_subtitles_are_a_track_in_the_language_of_the_dub()
    {
        var final = await RenderAsync(new { user_id = 51, subtitles = "soft" });

        var result = await DownloadAsync(final, "soft.mp4");
        var track = (await Tool.ProbeAsync(result))
            .GetProperty("streams")
            .EnumerateArray()
            .Single(s => s.GetProperty("codec_type").GetString() == "subtitle");
        Assert.That(
            (track.GetProperty("codec_name").GetString(), track.GetProperty("tags").GetProperty("language").GetString()),
            Is.EqualTo(("mov_text", "spa")));
        Assert.That(
            await Tool.PictureHashAsync(result),
            Is.EqualTo(await Tool.PictureHashAsync(Path.Combine(_folder, "clip.mp4"))),
            "the picture was copied");
    }

    [Test]
    [Order(5)]
    public async Task Burned_subtitles_are_in_the_picture_while_somebody_speaks_and_not_before()
    {
        var final = await RenderAsync(new { user_id = 51, subtitles = "burned" });

        var result = await DownloadAsync(final, "burned.mp4");
        var clip = Path.Combine(_folder, "clip.mp4");
        Assert.That(await Tool.DurationAsync(result), Is.EqualTo(await Tool.DurationAsync(clip)).Within(0.05));
        var spoken = (await SegmentsAsync()).GetProperty("segments")[0];
        var middle = (spoken.GetProperty("dub_start").GetDouble() + spoken.GetProperty("dub_end").GetDouble()) / 2;
        Assert.That(await ChangedAsync(clip, result, middle), Is.GreaterThan(300), "letters");
        Assert.That(await ChangedAsync(clip, result, 0.2), Is.LessThan(50), "none before anybody speaks");
    }

    // Pixels of a frame's lowest quarter that are not as they were.
    private async Task<int> ChangedAsync(string before, string after, double at) =>
        (await PixelsAsync(before, at)).Zip(await PixelsAsync(after, at)).Count(pair => Math.Abs(pair.First - pair.Second) > 80);

    private async Task<byte[]> PixelsAsync(string video, double at)
    {
        var frame = Path.Combine(_folder, $"{Guid.NewGuid():N}.gray");
        await Tool.FfmpegAsync(
            [
                "-v",
                "error",
                "-ss",
                at.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "-i",
                video,
                "-frames:v",
                "1",
                "-vf",
                "crop=iw:ih/4:0:ih*3/4",
                "-pix_fmt",
                "gray",
                "-f",
                "rawvideo",
                frame]);
        return await File.ReadAllBytesAsync(frame);
    }

    [Test]
    [Order(3)]
    public async Task A_dub_is_estimated_before_it_is_made_and_leaves_nothing()
    {
        var address = Uri.EscapeDataString(_clips.Serve(Path.Combine(_folder, "clip.mp4")).OriginalString);
        var work = _server.FilesUnder("objects").Count();

        var answer = await _server.Http.GetFromJsonAsync<JsonElement>(
            new Uri(_server.BaseAddress, $"/ai_dub/estimate?source_video_url={address}&to_lang=es&user_id=51"));

        Assert.That(answer.GetProperty("duration_seconds").GetDouble(), Is.EqualTo(10).Within(0.2));
        Assert.That(answer.GetProperty("speech_seconds").GetDouble(), Is.InRange(3, 10));
        Assert.That(answer.GetProperty("segments").GetInt32(), Is.InRange(1, 10));
        Assert.That(answer.GetProperty("expected_seconds").GetDouble(), Is.InRange(3, 60));
        Assert.That(answer.GetProperty("cost").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(answer.GetProperty("engines").GetProperty("synthesizer").GetString(), Is.EqualTo("Espeak"));
        Assert.That((_server.FilesUnder("scratch").Count(), _server.FilesUnder("objects").Count()), Is.EqualTo((0, work)));
        var several = await _server.Http.GetFromJsonAsync<JsonElement>(
            new Uri(_server.BaseAddress, $"/ai_dub/estimate?source_video_url={address}&to_lang=es,%20ca,es&user_id=51"));
        var each = several.GetProperty("languages").EnumerateArray().ToList();
        Assert.That(each.Select(one => one.GetProperty("to_lang").GetString()), Is.EqualTo(new[] { "es", "ca" }));
        Assert.That(
            several.GetProperty("expected_seconds").GetDouble(),
            Is.EqualTo(each.Sum(one => one.GetProperty("expected_seconds").GetDouble())).Within(0.2));
        using var refused = await _server.Http.GetAsync(
            new Uri(_server.BaseAddress, "/ai_dub/estimate?source_video_url=http%3A%2F%2F10.0.0.1%2Fa.mp4&to_lang=es&user_id=51"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "the rules of sources hold");
    }

    private async Task<JsonElement> SegmentsAsync() =>
        await _server.Http.GetFromJsonAsync<JsonElement>(new Uri(_server.BaseAddress, $"/ai_dub/{_id}/segments?user_id=51"));

    private async Task<(HttpStatusCode Status, JsonElement Body)> PatchAsync(int index, object body)
    {
        using var response = await _server.Http.PatchAsJsonAsync(new Uri(_server.BaseAddress, $"/ai_dub/{_id}/segments/{index}"), body);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private async Task<JsonElement> RenderAsync(object body)
    {
        var (status, begun) = await _server.PostAsync($"/ai_dub/{_id}/render", body);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), begun.ToString());
        var during = await _server.Http.GetFromJsonAsync<JsonElement>(new Uri(_server.BaseAddress, $"/ai_dub/{_id}?user_id=51"));
        Assert.That(during.TryGetProperty("result_url", out _), Is.True, "there is a result all the time");
        var (finished, final) = await _server.FinishAsync(_id);
        Assert.That(finished, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        return final;
    }

    private Dictionary<string, (DateTime, long)> Speech() => _server.FilesUnder($"objects/work/{_id}")
        .Where(file => file.EndsWith(".wav", StringComparison.Ordinal))
            .ToDictionary(file => file, file => (File.GetLastWriteTimeUtc(file), new FileInfo(file).Length));

    private static long SpokenCharacters(JsonElement final) => final.GetProperty("report").GetProperty("usage").EnumerateArray()
        .Single(u => u.GetProperty("engine").GetString() == final.GetProperty("report").GetProperty("synthesizer").GetString())
            .GetProperty("characters")
            .GetInt64();

    private async Task<string> DownloadAsync(JsonElement final, string name)
    {
        var path = Path.Combine(_folder, name);
        await using var file = File.Create(path);
        await using var body = await _server.Http.GetStreamAsync(final.GetProperty("result_url").GetString());
        await body.CopyToAsync(file);
        return path;
    }
}
