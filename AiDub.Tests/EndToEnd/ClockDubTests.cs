using System.Net;
using System.Text.Json;
using AiDub.Tests.Jobs.Media;

namespace AiDub.Tests.EndToEnd;

/// <summary>
/// Whole dubs of recordings whose clock or sound changes on the way: every sentence is recognised, and flash and beep stay together.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ClockDubTests
{
    private const double Length = 10;
    private const string Copied = "-c:v copy -c:a";

    // Where nobody speaks, in the source or in the dub.
    private static readonly double[] At = [7, 8.6];

    private string _folder = null!;
    private string _base = null!;
    private ClipServer _clips = null!;
    private DubServer _server = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-clocks-").FullName;
        _base = Path.Combine(_folder, "base.mp4");
        string[] beep = FlashAndBeep.Sound(Length, At).Split(' '), flash = FlashAndBeep.Picture(Length, At).Split(' ');
        await Tool.FfmpegAsync(
        [
            .. flash, .. beep, "-f", "lavfi", "-i", "flite=voice=slt:text='We sailed the small boat across the lake.'",
            "-f", "lavfi", "-i", "flite=voice=slt:text='The morning was cold and quiet.'", "-filter_complex",
            "[2]aresample=48000,adelay=900[a];[3]aresample=48000,adelay=4000[b];[1][a][b]"
            + "amix=inputs=3:duration=longest:normalize=0,atrim=0:10[m]",
            "-map", "0:v", "-map", "[m]", "-t", "10", "-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-c:a", "aac", _base,
        ]);
        _clips = await ClipServer.StartAsync();
        _server = new DubServer(("Source__AllowedPrivateHosts__0", $"127.0.0.1:{_clips.Port}"), ("Workers__Count", "2"));
        await _server.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _clips.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("steps-back.ts", Copied + " aac", Copied + " aac -output_ts_offset 6", true)]
    [TestCase("mono-to-stereo.ts", Copied + " aac -ac 1", Copied + " aac -ac 2 -output_ts_offset 10", false)]
    public async Task What_follows_is_recognised_and_dubbed_like_what_came_before(string name, string before, string after, bool isRepaired)
    {
        var source = Path.Combine(_folder, name);
        await using (var joined = File.Create(source))
        {
            foreach (var (i, how) in new[] { before, after }.Index())
            {
                var part = Path.Combine(_folder, $"{i}-{name}");
                await Tool.FfmpegAsync(["-i", _base, .. how.Split(' '), part]);
                await joined.WriteAsync(await File.ReadAllBytesAsync(part));
            }
        }

        var (result, final) = await DubAsync(source);

        await FlashAndBeep.AssertAsync(result, [7, 8.6, 17, 18.6], 0.15);
        Assert.That(final.GetProperty("duration_seconds").GetDouble(), Is.EqualTo(2 * Length).Within(0.15));
        var warnings = final.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString());
        Assert.That(warnings.Contains("clock_repaired"), Is.EqualTo(isRepaired), final.ToString());
        var words = await WordsAsync(final);
        Assert.That(words.Where(w => w.At < Length).Select(w => w.Word), Is.SupersetOf(new[] { "lake", "quiet" }));
        Assert.That(words.Where(w => w.At > Length).Select(w => w.Word), Is.SupersetOf(new[] { "lake", "quiet" }));
    }

    [Test]
    public async Task A_recording_that_starts_at_an_hour_is_dubbed_where_it_is()
    {
        var source = Path.Combine(_folder, "hour.wmv");
        await Tool.FfmpegAsync("-i", _base, "-c:v", "wmv2", "-c:a", "wmav2", "-output_ts_offset", "3600", source);

        var (result, final) = await DubAsync(source);

        await FlashAndBeep.AssertAsync(result, At, 0.1);
        Assert.That(final.GetProperty("duration_seconds").GetDouble(), Is.EqualTo(Length).Within(0.1));
        Assert.That((await WordsAsync(final)).Select(w => w.Word), Is.SupersetOf(new[] { "lake", "quiet" }));
    }

    private async Task<(string Path, JsonElement Final)> DubAsync(string source)
    {
        Uri address;
        lock (_clips)
            address = _clips.Serve(source, Path.GetFileName(source));
        var (accepted, body) = await _server.PostAsync(
            "/ai_dub",
            new { source_video_url = address.OriginalString, user_id = 51, project_id = "clock", to_lang = "es", from_lang = "en" });
        Assert.That(accepted, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        var (status, final) = await _server.FinishAsync(body.GetProperty("request_id").GetGuid());
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        var result = final.GetProperty("result_url").GetString()!;
        var path = Path.Combine(
            _folder, "dubbed-" + Path.ChangeExtension(Path.GetFileName(source), Path.GetExtension(new Uri(result).AbsolutePath)));
        await File.WriteAllBytesAsync(path, await _server.Http.GetByteArrayAsync(result));
        return (path, final);
    }

    // Every word that was recognised, with when its segment begins.
    private async Task<List<(double At, string Word)>> WordsAsync(JsonElement final)
    {
        var id = final.GetProperty("request_id").GetString();
        var text = await _server.Http.GetStringAsync(new Uri(_server.BaseAddress, $"/ai_dub/{id}/transcript.json?user_id=51"));
        TestContext.Out.WriteLine(text);
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("segments").EnumerateArray().SelectMany(s =>
            s.GetProperty("text")
                .GetString()!.ToLowerInvariant()
                .Split(' ', '.', ',')
                .Select(word => (s.GetProperty("start").GetDouble(), word)))];
    }
}
