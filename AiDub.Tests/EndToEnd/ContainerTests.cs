using System.Net;
using System.Text.Json;

namespace AiDub.Tests.EndToEnd;

/// <summary>The kinds of clip that strangers hand in.</summary>
[TestFixture]
public sealed class ContainerTests
{
    private const string Voice = "flite=text='We sailed the small boat across the lake this morning.':voice=rms";
    private const string Said = "00:00:00,200 --> 00:00:02,800\nWe sailed the small boat across the lake this morning.\n";

    private ClipServer _clips = null!;
    private DubServer _server = null!;
    private string _folder = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-clips-").FullName;
        _clips = await ClipServer.StartAsync();
        _server = new DubServer(("Source__AllowedPrivateHosts__0", $"127.0.0.1:{_clips.Port}"));
        await _server.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _clips.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("clip.mov", "mov", "h264", "aac", "libx264 -bf 2 -pix_fmt yuv420p", "pcm_s16le")]
    [TestCase("clip.webm", "webm", "vp9", "opus", "libvpx-vp9 -deadline realtime -cpu-used 8", "libopus", Category = "Long")]
    [TestCase("clip.mkv", "mkv", "mpeg4", "aac", "mpeg4", "flac")]
    [TestCase("clip.avi", "mkv", "mpeg4", "aac", "mpeg4", "mp3", Category = "Long")]
    public async Task A_container_keeps_its_kind_and_picture(
        string name, string extension, string videoCodec, string audioCodec, string videoEncoder, string audioEncoder)
    {
        var source = await MakeAsync(name, [.. $"-map 0:v -map 1:a -c:v {videoEncoder} -c:a {audioEncoder} -shortest".Split(' ')]);

        var (result, final) = await DubAsync(source, Said);

        Assert.That(Path.GetExtension(new Uri(final.GetProperty("result_url").GetString()!).AbsolutePath), Is.EqualTo("." + extension));
        var streams = (await Tool.ProbeAsync(result)).GetProperty("streams").EnumerateArray().ToList();
        Assert.That(streams.Select(s => s.GetProperty("codec_name").GetString()), Is.EqualTo(new[] { videoCodec, audioCodec }));
        Assert.That(await Tool.PictureHashAsync(result), Is.EqualTo(await Tool.PictureHashAsync(source)));
        Assert.That(await Tool.DurationAsync(result), Is.EqualTo(await Tool.DurationAsync(source)).Within(0.041));
    }

    [Test]
    public async Task A_phone_video_keeps_its_rotation_and_its_subtitles()
    {
        var captions = Path.Combine(_folder, "captions.srt");
        await File.WriteAllTextAsync(captions, "1\n00:00:00,500 --> 00:00:02,000\nOn the lake\n\n");
        var upright = await MakeAsync("upright.mp4", "-map", "0:v", "-map", "1:a", "-c:v", "libx264", "-c:a", "aac", "-shortest");
        var source = Path.Combine(_folder, "phone.mp4");
        await Tool.FfmpegAsync(
            "-i", upright, "-i", captions, "-map", "0", "-map", "1", "-c", "copy", "-c:s", "mov_text",
            "-metadata:s:v:0", "rotate=90", "-metadata:s:s:0", "language=eng", source);

        var (result, _) = await DubAsync(source, Said);

        var streams = (await Tool.ProbeAsync(result)).GetProperty("streams").EnumerateArray().ToList();
        Assert.That(streams.Select(s => s.GetProperty("codec_type").GetString()), Is.EquivalentTo(new[] { "video", "audio", "subtitle" }));
        Assert.That(Math.Abs(streams[0].GetProperty("side_data_list")[0].GetProperty("rotation").GetInt32()), Is.EqualTo(90));
    }

    [Test]
    public async Task Sound_alone_becomes_a_sound_file()
    {
        var source = Path.Combine(_folder, "voice.mp3");
        await Tool.FfmpegAsync("-f", "lavfi", "-i", Voice, source);

        var (result, final) = await DubAsync(source, Said);

        Assert.That(new Uri(final.GetProperty("result_url").GetString()!).AbsolutePath, Does.EndWith("dubbed.m4a"));
        Assert.That(
            (await Tool.ProbeAsync(result)).GetProperty("streams").EnumerateArray().Single().GetProperty("codec_type").GetString(),
            Is.EqualTo("audio"));
        Assert.That(await Tool.DurationAsync(result), Is.EqualTo(await Tool.DurationAsync(source)).Within(0.041));
    }

    [Test]
    public async Task A_video_in_which_nobody_speaks_keeps_its_sound_and_says_so()
    {
        var source = Path.Combine(_folder, "music.mp4");
        await Tool.FfmpegAsync(
            "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25", "-f", "lavfi", "-i", "sine=frequency=330,volume=0.3",
            "-t", "4", "-c:v", "libx264", "-c:a", "aac", source);

        var (result, final) = await DubAsync(source);

        Assert.That(
            final.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()), Does.Contain("no_speech"));
        Assert.That(await Tool.LoudnessAsync(result), Is.EqualTo(await Tool.LoudnessAsync(source)).Within(1.0));
    }

    [Test]
    public async Task A_recording_whose_header_gives_no_duration_is_dubbed_whole()
    {
        var whole = await MakeAsync(
            "whole.webm", [.. "-map 0:v -map 1:a -c:v libvpx -deadline realtime -cpu-used 8 -c:a libopus -shortest".Split(' ')]);
        var live = Path.Combine(_folder, "live.webm");
        await Tool.FfmpegAsync("-i", whole, "-c", "copy", "-live", "1", "-f", "webm", live);

        var (result, _) = await DubAsync(live, Said);

        Assert.That(await Tool.DurationAsync(result), Is.EqualTo(await Tool.DurationAsync(whole)).Within(0.041));
    }

    [Test]
    public async Task An_upload_is_dubbed_like_any_address()
    {
        var source = await MakeAsync("upload.mp4", "-map", "0:v", "-map", "1:a", "-c:v", "libx264", "-c:a", "aac", "-shortest");
        using var form = new MultipartFormDataContent { { new StreamContent(File.OpenRead(source)), "file", "my video.mp4" } };
        using var response = await _server.Http.PostAsync(new Uri(_server.BaseAddress, "/ai_dub/uploads"), form);
        var address = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("source_video_url")
            .GetString()!;

        var (status, final) = await _server.FinishAsync(await _server.SubmitAsync(new Uri(address), transcript: Said));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
    }

    private Task<string> MakeAsync(string name, params string[] arguments) => MakeAsync(Path.Combine(_folder, name), Voice, arguments);

    private static async Task<string> MakeAsync(string path, string voice, string[] arguments)
    {
        await Tool.FfmpegAsync(["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25", "-f", "lavfi", "-i", voice, .. arguments, path]);
        return path;
    }

    private async Task<(string Path, JsonElement Final)> DubAsync(string source, string? said = null)
    {
        var (status, final) = await _server.FinishAsync(await _server.SubmitAsync(_clips.Serve(source), transcript: said));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString() + _server.Log);
        var address = final.GetProperty("result_url").GetString()!;
        var path = Path.Combine(_folder, $"dubbed-{Guid.NewGuid():N}{Path.GetExtension(new Uri(address).AbsolutePath)}");
        await File.WriteAllBytesAsync(path, await _server.Http.GetByteArrayAsync(address));
        return (path, final);
    }
}
