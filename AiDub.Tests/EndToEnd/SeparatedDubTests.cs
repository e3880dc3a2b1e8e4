using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AiDub.Tests.Jobs.Engines.Demucs;

namespace AiDub.Tests.EndToEnd;

/// <summary>
/// A real dub whose voices are taken out by a graph of Demucs's form, which takes what both channels have in common for voices: a voice in
/// the middle, over a tone that is only in the sides.
/// </summary>
[Category("Long")]
public sealed class SeparatedDubTests
{
    private const int Window = 343980;
    private ClipServer _clips = null!;
    private DubServer _server = null!;
    private string _folder = null!;
    private Guid _id;

    [OneTimeSetUp]
    public async Task Serve()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-clips-").FullName;
        _clips = await ClipServer.StartAsync();
        _server = new DubServer(
            ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{_clips.Port}"),
            ("Engines__Demucs__ModelPath", await DemucsGraph.MiddleAsync(Path.Combine(_folder, "middle.onnx"), Window)));
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
    [Order(1)]
    public async Task The_dub_speaks_over_the_background_alone()
    {
        var clip = Path.Combine(_folder, "clip.mp4");
        await Tool.FfmpegAsync(
            "-v", "error", "-t", "12", "-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"),
            "-f", "lavfi", "-i", "sine=f=5000:r=48000,volume=0.02", "-filter_complex",
            "[0:a]aresample=48000,pan=mono|c0=c0,lowpass=3500[v];[v][1:a]amerge=inputs=2,pan=stereo|c0=c0+c1|c1=c0-c1[a]",
            "-map", "0:v", "-map", "[a]", "-c:v", "copy", "-c:a", "aac", "-b:a", "256k", "-t", "12", clip);
        _id = await _server.SubmitAsync(_clips.Serve(clip));
        var (status, final) = await _server.FinishAsync(_id);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        await AssertSeparatedAsync(final);
    }

    [Test]
    [Order(2)]
    public async Task Rendered_again_it_still_does_and_nothing_is_separated_twice()
    {
        await _server.Http.PatchAsJsonAsync(
            new Uri(_server.BaseAddress, $"/ai_dub/{_id}/segments/0"), new { user_id = 51, revision = 0, translation = "Hola a todos." });
        var (status, begun) = await _server.PostAsync($"/ai_dub/{_id}/render", new { user_id = 51, revision = 1 });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), begun.ToString());
        var (finished, final) = await _server.FinishAsync(_id);

        Assert.That(finished, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        await AssertSeparatedAsync(final);
    }

    private async Task AssertSeparatedAsync(JsonElement final)
    {
        var report = final.GetProperty("report");
        Assert.That(report.GetProperty("background").GetProperty("voices_removed").GetBoolean(), Is.True);
        var usage = report.GetProperty("usage").EnumerateArray().Single(u => u.GetProperty("engine").GetString() == "Demucs");
        Assert.That(usage.GetProperty("calls").GetInt32(), Is.EqualTo(1));
        var dub = Path.Combine(_folder, $"{Guid.NewGuid():N}.mp4");
        await File.WriteAllBytesAsync(dub, await _server.Http.GetByteArrayAsync(new Uri(final.GetProperty("result_url").GetString()!)));
        // Under speech the tone is lowered by 6 dB, where all of the sound would be by 18.
        var levels = await LevelsAsync(dub);
        TestContext.Out.WriteLine(string.Join(' ', levels.Select(l => l.ToString("0.0", CultureInfo.InvariantCulture))));
        Assert.That(levels.Max() - levels.Min(), Is.EqualTo(6).Within(1));
    }

    // The level of the tone in each half second.
    private static async Task<IReadOnlyList<double>> LevelsAsync(string path)
    {
        var report = await Tool.FfmpegAsync(
            "-i", path, "-map", "0:a:0", "-af",
            "pan=mono|c0=0.5*c0-0.5*c1,bandpass=f=5000:width_type=h:w=100,asetnsamples=24000,astats=metadata=1:reset=1,"
                + "ametadata=print:key=lavfi.astats.Overall.RMS_level",
            "-f", "null", "-");
        return [.. report.Split('\n')
            .Where(line => line.Contains("RMS_level=", StringComparison.Ordinal))
            .Select(line => double.Parse(line[(line.IndexOf('=') + 1)..], CultureInfo.InvariantCulture))
            .SkipLast(2)
            .Skip(1)];
    }
}
