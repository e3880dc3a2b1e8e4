using System.Net;

namespace AiDub.Tests.EndToEnd;

/// <summary>One request for two languages, by the real service with the real engines.</summary>
public sealed class ManyTargetsDubTests
{
    [Test]
    [Category("Long")]
    public async Task Two_languages_are_dubbed_with_one_recognition_whatever_is_killed_when()
    {
        await using var clips = await ClipServer.StartAsync();
        await using var server =
            new DubServer(("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}"), ("Dubbing__HeartbeatSeconds", "0.2"),
            ("Dubbing__KeepEditableHours", "0"));
        await server.StartAsync();
        var clip = Path.Combine(server.DataFolder, "clip.mp4");
        await Tool.FfmpegAsync("-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-t", "12", "-c", "copy", clip);
        var (status, body) = await server.PostAsync("/ai_dub", new
        {
            source_video_url = clips.Serve(clip).OriginalString,
            user_id = 51,
            project_id = "ryan",
            to_lang = new[] { "es", "fr" },
        });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        var ids = body.GetProperty("request_ids").EnumerateArray().Select(d => d.GetProperty("request_id").GetGuid()).ToList();
        await DubServer.UntilAsync(
            "the first recognises", async () => (await server.PollAsync(ids[0])).Body.GetProperty("percent").GetInt32() >= 10);

        await server.KillAsync();
        await server.StartAsync();

        var finals = await Task.WhenAll(ids.Select(id => server.FinishAsync(id)));
        Assert.That(finals.Select(f => f.Status), Is.All.EqualTo(HttpStatusCode.OK), string.Join('\n', finals.Select(f => f.Body)));
        Assert.That(clips.Requests, Has.Count.EqualTo(1), "the source was fetched once");
        var reports = finals.Select(f => f.Body.GetProperty("report")).ToList();
        Assert.That(
            reports.Select(r => r.GetProperty("step_seconds").TryGetProperty("transcribe", out _)), Is.EqualTo(new[] { true, false }));
        Assert.That(
            reports.Select(r => r.GetProperty("usage").EnumerateArray().Any(u => u.GetProperty("engine").GetString() == "PocketSphinx")),
            Is.EqualTo(new[] { true, false }));
        var streams = new List<string?>();
        foreach (var (_, final) in finals)
        {
            var file = Path.Combine(server.DataFolder, $"{streams.Count}.mp4");
            await File.WriteAllBytesAsync(file, await server.Http.GetByteArrayAsync(final.GetProperty("result_url").GetString()));
            Assert.That(await Tool.DurationAsync(file), Is.EqualTo(await Tool.DurationAsync(clip)).Within(1 / 23.9));
            streams.Add((await Tool.ProbeAsync(file)).GetProperty("streams").EnumerateArray()
                .First(s => s.GetProperty("codec_type").GetString() == "audio").GetProperty("tags").GetProperty("language").GetString());
        }
        Assert.That(streams, Is.EqualTo(new[] { "spa", "fra" }));
        Assert.That(
            server.FilesUnder(Path.Combine("objects", "work")).Where(f => File.Exists(f) && !f.EndsWith(".json", StringComparison.Ordinal)),
            Is.Empty);
    }
}
