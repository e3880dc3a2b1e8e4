using System.Net;
using System.Text.Json;
using AiDub.Domain.Speech;
using AiDub.Tests.Domain.Speech;
using AiDub.Tests.Jobs.Engines.Silero;

namespace AiDub.Tests.EndToEnd;

/// <summary>Whole dubs by the real service with the real engines.</summary>
[TestFixture]
public sealed class DubbingTests
{
    private static readonly string SampleFolder = Path.Combine(AppContext.BaseDirectory, "Sample");

    private ClipServer _clips = null!;
    private DubServer _server = null!;
    private string _folder = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-clips-").FullName;
        _clips = await ClipServer.StartAsync();
        _server = new DubServer(("Source__AllowedPrivateHosts__0", $"127.0.0.1:{_clips.Port}"), ("AIDUB_MODELS", SileroFile.Folder));
        await _server.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _clips.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task The_sample_is_dubbed_into_Spanish()
    {
        var source = Path.Combine(SampleFolder, "sample.mp4");
        var stages = new HashSet<string>();
        var id = await _server.SubmitAsync(_clips.Serve(source, "My+Video%20%2B.mp4"));

        var (status, final) = await _server.FinishAsync(id, (stage, _) => stages.Add(stage));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        Assert.That(_clips.Requests, Does.Contain("/My+Video%20%2B.mp4"), "the address reached the source as it was written");
        Assert.That(final.GetProperty("progress").GetString(), Is.EqualTo("Status_5"));
        Assert.That(final.GetProperty("from_lang").GetString(), Is.EqualTo("en"));
        Assert.That(stages, Does.Contain("Status_1"));

        var transcript = Artifact<Transcript>(id, "transcript.json");
        var translation = Artifact<Translation>(id, "translation.json");
        Assert.That(await AccuracyAsync("sample.txt", transcript.Segments), Is.EqualTo(1));
        Assert.That(await AccuracyAsync("sample.es.txt", translation.Segments), Is.EqualTo(1));

        var result = await DownloadAsync(final.GetProperty("result_url").GetString()!, "sample.es.mp4");
        await AssertDubOfAsync(source, result, "spa");
        AssertTimeline(id, await Tool.DurationAsync(source));

        var srt = await _server.Http.GetStringAsync(final.GetProperty("subtitles").GetProperty("srt").GetString());
        var vtt = await _server.Http.GetStringAsync(final.GetProperty("subtitles").GetProperty("vtt").GetString());
        Assert.That(srt, Does.StartWith("1\n00:00:0").And.Contain("pan"));
        Assert.That(vtt, Does.StartWith("WEBVTT\n\n00:00:0"));
        Assert.That(srt + vtt, Does.Not.Contain("*").And.Not.Contain("#").And.Not.Contain("@"));

        Assert.That((await _server.PollAsync(id)).Status, Is.EqualTo(HttpStatusCode.NotFound), "a final response is read once");
        await _server.TidyAsync();
        Assert.That(
            await _server.Http.GetStringAsync(new Uri(_server.BaseAddress, "/hangfire/jobs/succeeded")),
            Does.Contain($"Dub {id}"),
            "the dashboard names the dub");
    }

    [Test]
    public async Task The_contracts_own_example_is_dubbed_into_Indonesian_with_a_warning_that_it_is_a_draft()
    {
        var source = Path.Combine(_folder, "short.mp4");
        await Tool.FfmpegAsync(["-v", "error", "-t", "8", "-i", Path.Combine(SampleFolder, "farm.mp4"), "-c", "copy", source]);
        var id = await _server.SubmitAsync(_clips.Serve(source), "id");

        var (status, final) = await _server.FinishAsync(id);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        Assert.That(final.GetProperty("to_lang").GetString(), Is.EqualTo("id"));
        Assert.That(
            final.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()),
            Does.Contain("draft_translation"));
        Assert.That(final.GetProperty("report").GetProperty("translator").GetString(), Is.EqualTo("Apertium en-id"));
        Assert.That(final.GetProperty("report").GetProperty("synthesizer").GetString(), Is.EqualTo("Espeak"));
        await AssertDubOfAsync(source, await DownloadAsync(final.GetProperty("result_url").GetString()!, "short.id.mp4"), "ind");
        var srt = await _server.Http.GetStringAsync(final.GetProperty("subtitles").GetProperty("srt").GetString());
        Assert.That(srt, Does.Contain("Selamat pagi").And.Match(@"saya\s+ingin\s+menunjukkan"));
    }

    [Test]
    [Category("Long")]
    public async Task A_real_human_voice_is_dubbed()
    {
        const string voices = "/usr/share/pocketsphinx/test/data/librivox";
        var sentences = Directory.GetFiles(voices, "*.wav").Order(StringComparer.Ordinal).ToArray();
        var source = Path.Combine(_folder, "human.mkv");
        string[] inputs = [.. sentences.SelectMany(s => new[] { "-i", s })];
        var joined = string.Concat(sentences.Select((_, i) => $"[{i}:a]apad=pad_dur=1[p{i}];")) +
            string.Concat(sentences.Select((_, i) => $"[p{i}]")) + $"concat=n={sentences.Length}:v=0:a=1[a]";
        await Tool.FfmpegAsync([
            "-v", "error", .. inputs, "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=24000/1001", "-filter_complex", joined,
            "-map", $"{sentences.Length}:v", "-map", "[a]", "-shortest",
            "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "libopus", source]);

        var id = await _server.SubmitAsync(_clips.Serve(source));
        var (status, final) = await _server.FinishAsync(id);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        var said = string.Join(' ', File.ReadLines(Path.Combine(voices, "transcription")).Select(line => line[..line.IndexOf('(')]));
        said = said.Replace("<s>", "", StringComparison.Ordinal).Replace("</s>", "", StringComparison.Ordinal);
        var heard = string.Join(' ', Artifact<Transcript>(id, "transcript.json").Segments.Select(s => s.Text));
        var accuracy = 1 - WordErrorRate.Of(said, heard).Rate;
        TestContext.Out.WriteLine($"word accuracy on the LibriVox sentences: {accuracy:P1}");
        Assert.That(accuracy, Is.GreaterThanOrEqualTo(0.5));
        var result = await DownloadAsync(final.GetProperty("result_url").GetString()!, "human.es.mkv");
        await AssertDubOfAsync(source, result, "spa");
        AssertTimeline(id, await Tool.DurationAsync(source));
    }

    // How much of what a person reads there is what the engines made.
    private static async Task<double> AccuracyAsync(string file, IReadOnlyList<Segment> made)
    {
        var wanted = await File.ReadAllTextAsync(Path.Combine(SampleFolder, file));
        var accuracy = 1 - WordErrorRate.Of(wanted, string.Join(' ', made.Select(s => s.Text))).Rate;
        TestContext.Out.WriteLine($"word accuracy, {file}: {accuracy:P1}");
        return accuracy;
    }

    private static async Task AssertDubOfAsync(string source, string result, string language)
    {
        var frame = 1 / 23.9;
        Assert.That(await Tool.DurationAsync(result), Is.EqualTo(await Tool.DurationAsync(source)).Within(frame));
        Assert.That(await Tool.PictureHashAsync(result), Is.EqualTo(await Tool.PictureHashAsync(source)), "the picture was copied");
        Assert.That(await Tool.LoudnessAsync(result), Is.EqualTo(await Tool.LoudnessAsync(source)).Within(1.0), "LUFS");
        var audio = (await Tool.ProbeAsync(result)).GetProperty("streams").EnumerateArray()
            .Where(s => s.GetProperty("codec_type").GetString() == "audio").ToList();
        Assert.That(audio, Has.Count.EqualTo(1));
        Assert.That(audio[0].GetProperty("tags").GetProperty("language").GetString(), Is.EqualTo(language));
    }

    private void AssertTimeline(Guid id, double videoSeconds)
    {
        var segments = Artifact<AiDub.Jobs.Dubbing.Artifacts.Timeline>(id, "timeline.json").Segments;
        Assert.That(segments, Is.Not.Empty);
        Assert.That(segments.Zip(segments.Skip(1)).All(pair => pair.First.End <= pair.Second.Start + 1e-6), "no overlap");
        Assert.That(segments[^1].End, Is.LessThanOrEqualTo(videoSeconds + 0.001));
        Assert.That(segments.Max(s => s.Tempo), Is.LessThanOrEqualTo(1.3 + 1e-6));
    }

    private T Artifact<T>(Guid id, string name)
    {
        // Each attempt writes into a folder of its own.
        var path = Directory.EnumerateFiles(
            Path.Combine(_server.DataFolder, "objects", "work", id.ToString()), name, SearchOption.AllDirectories).Single();
        return JsonSerializer.Deserialize<T>(File.ReadAllText(path), AiDub.Jobs.Storage.StoredJson.Options)!;
    }

    private async Task<string> DownloadAsync(string address, string name)
    {
        var path = Path.Combine(_folder, name);
        await using var file = File.Create(path);
        await using var body = await _server.Http.GetStreamAsync(address);
        await body.CopyToAsync(file);
        return path;
    }
}
