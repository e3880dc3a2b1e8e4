using System.Net;
using AiDub.Tests.Jobs.Tools;

namespace AiDub.Tests.EndToEnd;

/// <summary>Sources that cannot be dubbed: each fails with a reason of its own and leaves nothing behind.</summary>
[TestFixture]
public sealed class BadSourceTests
{
    private ClipServer _clips = null!;
    private DubServer _server = null!;
    private string _folder = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-clips-").FullName;
        _clips = await ClipServer.StartAsync();
        _server = new DubServer(
            ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{_clips.Port}"),
            ("Source__MaxBytes", "3000000"),
            ("Source__MaxDurationSeconds", "120"),
            ("Source__DownloadTimeoutSeconds", "5"),
            ("Dubbing__MaxFaults", "1"),
            ("Dubbing__RetrySeconds", "0.1"));
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
    public async Task A_file_that_is_no_media_is_refused_as_such() =>
        await AssertFailsAsync(Write("readme.mp4", "This is a text, whatever its name says."), "media_invalid");

    [Test]
    public async Task An_empty_file_is_refused_as_such() => await AssertFailsAsync(Write("empty.mp4", ""), "media_empty");

    [Test]
    public async Task A_file_that_broke_off_before_its_index_is_refused_as_cut_short()
    {
        var whole = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"));
        var path = Path.Combine(_folder, "half.mov");
        // Without its index, which stands at the end here, nothing of an MP4 can be read.
        await Tool.FfmpegAsync("-v", "error", "-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-c", "copy", path);
        await using (var file = File.OpenWrite(path))
            file.SetLength(whole.Length / 2);

        await AssertFailsAsync(path, "source_cut_short");
    }

    [Test]
    public async Task A_video_without_sound_is_refused_as_such() => await AssertFailsAsync(
        await MakeAsync("mute.mp4", "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25", "-t", "2"), "audio_missing");

    [Test]
    public async Task A_video_longer_than_allowed_is_refused_as_such() => await AssertFailsAsync(
        await MakeAsync("long.m4a", "-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "121", "-c:a", "aac"), "media_too_long");

    [Test]
    public async Task A_playlist_that_points_at_another_file_is_refused_as_such() => await AssertFailsAsync(
        Write("list.mp4", "ffconcat version 1.0\nfile /etc/hostname\n"), "source_is_playlist");

    [TestCase("#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{0}\n#EXT-X-ENDLIST\n")]
    [TestCase("ffconcat version 1.0\nfile '{0}'\n")]
    [TestCase("<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period><AdaptationSet><Representation "
        + "id=\"1\"><BaseURL>{0}</BaseURL></Representation></AdaptationSet></Period></MPD>")]
    public async Task Nothing_of_a_local_file_that_a_source_points_at_gets_into_the_data_folder(string list)
    {
        const string canary = "canary-5c1e77-of-a-local-file";
        var secret = await MakeAsync("secret.ts", "-f", "lavfi", "-i", "sine=d=1", "-metadata", $"service_name={canary}");

        await AssertFailsAsync(Write("pointing.mp4", string.Format(null, list, secret)), "source_is_playlist");

        foreach (var file in _server.FilesUnder("").Where(f => File.Exists(f) && !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var shared = new StreamReader(
                new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), System.Text.Encoding.Latin1);
            Assert.That(await shared.ReadToEndAsync(), Does.Not.Contain(canary), file);
        }
        Assert.That(LivingTools.In(_server.DataFolder), Is.Empty);
    }

    [Test]
    public async Task A_source_that_is_not_there_is_said_to_be_missing() =>
        await AssertFailsAsync(new Uri($"http://127.0.0.1:{_clips.Port}/nothing.mp4"), "source_not_found");

    [Test]
    public async Task A_source_larger_than_allowed_is_refused_whatever_its_server_announces() => await AssertFailsAsync(
        _clips.On("endless.mp4", async context =>
        {
            var block = new byte[100_000];
            for (var i = 0; i < 100; i++)
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
        }),
        "source_too_large");

    [Test]
    public async Task A_source_that_drips_is_given_up_at_the_deadline() => await AssertFailsAsync(
        _clips.On("drip.mp4", async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[10], context.RequestAborted);
                await Task.Delay(200, context.RequestAborted);
            }
        }),
        "source_timeout");

    [Test]
    public async Task A_server_that_breaks_is_tried_again_before_the_dub_fails()
    {
        await AssertFailsAsync(
            _clips.On("broken.mp4", context =>
            {
                context.Response.StatusCode = 503;
                return Task.CompletedTask;
            }),
            "retries_used_up");

        Assert.That(_clips.Requests.Count(r => r == "/broken.mp4"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_private_address_that_is_not_allowed_is_refused_unopened()
    {
        await using var other = await ClipServer.StartAsync();

        await AssertFailsAsync(other.On("x.mp4", _ => Task.CompletedTask), "source_forbidden");
        await AssertFailsAsync(new Uri("http://127.0.0.1/x.mp4"), "source_forbidden");

        Assert.That(other.Requests, Is.Empty);
    }

    private Task AssertFailsAsync(string path, string code) => AssertFailsAsync(_clips.Serve(path), code);

    private async Task AssertFailsAsync(Uri address, string code)
    {
        var id = await _server.SubmitAsync(address);

        var (status, body) = await _server.FinishAsync(id);

        Assert.That(status, Is.EqualTo(HttpStatusCode.InternalServerError), body.ToString());
        Assert.That(body.GetProperty("msg_code").GetString(), Is.EqualTo("Progress API Error"));
        Assert.That(body.GetProperty("error_code").GetString(), Is.EqualTo(code), body.ToString());
        Assert.That(body.GetProperty("msg").GetString(), Is.Not.Empty.And.Not.Contain("/").And.Not.Contain("127.0.0.1"));
        Assert.That((await _server.PollAsync(id)).Status, Is.EqualTo(HttpStatusCode.InternalServerError), "a failed dub says so again");
        await _server.TidyAsync();
        Assert.That(_server.FilesUnder("objects").Where(f => f.Contains(id.ToString(), StringComparison.Ordinal)), Is.Empty);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<string> MakeAsync(string name, params string[] arguments)
    {
        var path = Path.Combine(_folder, name);
        await Tool.FfmpegAsync([.. arguments, path]);
        return path;
    }
}
