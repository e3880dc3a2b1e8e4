using System.Globalization;
using System.Net;
using System.Text.Json;

namespace AiDub.Tests.EndToEnd;

/// <summary>
/// Clips as cameras, phones, recorders and editors make them: each is dubbed with its picture, length and start as they were.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Category("Long")]
public sealed class OddClipTests
{
    private const string Translation = "00:00:00,050 --> 00:00:00,450\nHola.\n";
    private const string Picture = "-f lavfi -i testsrc2=s=160x90:r=25:d=3";
    private const string Sound = "-f lavfi -i sine=f=300:d=3";
    private const string H264 = "-c:v libx264 -preset ultrafast -c:a aac";
    private const double SoundFrame = 0.045;

    private string _folder = null!;
    private ClipServer _clips = null!;
    private DubServer _server = null!;

    private static readonly (string Name, string Arguments)[] Clips =
    [
        ("rotated-phone.mp4", $"{Picture} {Sound} {H264} -metadata:s:v rotate=90"),
        ("vfr-screen.mkv", $"{Picture} {Sound} -vf select='not(mod(n\\,7))+lt(n\\,10)' -vsync vfr {H264}"),
        ("mono-8khz.3gp", $"{Picture} {Sound} -c:v mpeg4 -c:a aac -ar 8000 -ac 1"),
        ("opus.webm", $"{Picture} {Sound} -c:v libvpx -deadline realtime -c:a libopus"),
        (
            "subtitles.mkv",
            $"{Picture} {Sound} -i said.srt -map 0 -map 1 -map 2 -attach font.ttf -metadata:s:t mimetype=application/x-truetype-font "
                + $"{H264} -c:s srt"),
        ("timecode.mov", $"{Picture} {Sound} {H264} -timecode 01:00:00:00"),
        ("late-sound.mp4", $"{Picture} -itsoffset 2 -f lavfi -i sine=d=1 {H264}"),
        ("long-picture.mp4", $"{Picture} -f lavfi -i sine=d=1.5 {H264}"),
        ("long-sound.mp4", $"-f lavfi -i testsrc2=s=160x90:r=25:d=1.6 {Sound} {H264}"),
        (
            "two-languages.mkv",
            $"{Picture} {Sound} {Sound} -map 0 -map 1 -map 2 {H264} -metadata:s:a:0 language=eng -metadata:s:a:1 language=fra"),
        ("yuv444.mp4", $"{Picture} {Sound} -pix_fmt yuv444p {H264}"),
        ("ten-bit.mkv", $"{Picture} {Sound} -pix_fmt yuv420p10le {H264}"),
        ("interlaced.mkv", $"{Picture} {Sound} -c:v mpeg2video -flags +ildct+ilme -c:a mp2"),
        ("only.m4a", $"{Sound} -c:a aac"),
        ("only.mp3", $"{Sound} -c:a libmp3lame"),
        ("only.wav", Sound),
        ("only.ogg", $"{Sound} -c:a libvorbis"),
        ("only.flac", Sound),
        ("surround.mp4", $"{Picture} {Sound} {H264} -ac 6"),
        ("96khz.mov", $"{Picture} {Sound} -c:v libx264 -preset ultrafast -c:a pcm_s24le -ar 96000"),
        ("half-a-second.mp4", $"-f lavfi -i testsrc2=s=160x90:r=25:d=0.52 -f lavfi -i sine=d=0.52 {H264}"),
    ];

    private static IEnumerable<TestCaseData> All() =>
        Clips.Select(clip => new TestCaseData(clip.Name, clip.Arguments).SetArgDisplayNames(clip.Name));

    [OneTimeSetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-clips-").FullName;
        await File.WriteAllTextAsync(Path.Combine(_folder, "said.srt"), "1\n00:00:00,500 --> 00:00:01,500\nHello\n");
        await File.WriteAllBytesAsync(Path.Combine(_folder, "font.ttf"), new byte[1000]);
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

    [TestCaseSource(nameof(All))]
    public async Task An_odd_clip_keeps_its_picture_its_length_and_its_start(string name, string arguments)
    {
        var source = Path.Combine(_folder, name);
        await Tool.FfmpegAsync(
            [
                .. arguments.Replace("said.srt", Path.Combine(_folder, "said.srt"))
                    .Replace("font.ttf", Path.Combine(_folder, "font.ttf"))
                    .Split(' '),
                source]);
        var (status, body) = await _server.PostAsync("/ai_dub", new
        {
            source_video_url = Serve(source, name).OriginalString,
            user_id = 51,
            project_id = "odd",
            to_lang = "es",
            translation = Translation,
        });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        var (end, final) = await _server.FinishAsync(body.GetProperty("request_id").GetGuid());
        Assert.That(end, Is.EqualTo(HttpStatusCode.OK), final.ToString());

        var dubbed = Path.Combine(_folder, $"dubbed-{name}");
        await File.WriteAllBytesAsync(dubbed, await _server.Http.GetByteArrayAsync(final.GetProperty("result_url").GetString()));
        var (before, after) = (await Tool.ProbeAsync(source), await Tool.ProbeAsync(dubbed));
        var (pictureBefore, pictureAfter) = (Stream(before, "video"), Stream(after, "video"));
        var frame = SoundFrame;
        if (pictureBefore is { } video)
        {
            Assert.That(await PacketsAsync(dubbed), Is.Not.Empty.And.EqualTo(await PacketsAsync(source)), "the picture");
            frame = Math.Max(frame, 1 / 25.0);
            Assert.That(
                Number(pictureAfter!.Value, "start_time"), Is.EqualTo(Number(video, "start_time")).Within(frame), "the picture's start");
        }
        Assert.That(Length(after), Is.EqualTo(Length(before)).Within(frame), "the length");
        Assert.That(final.GetProperty("duration_seconds").GetDouble(), Is.EqualTo(Length(before)).Within(frame), "the length that is told");
        Assert.That(
            Stream(after, "audio")!.Value.GetProperty("tags").GetProperty("language").GetString(),
            Is.EqualTo("spa"),
            "the sound's language");
    }

    private Uri Serve(string path, string name)
    {
        lock (_clips)
            return _clips.Serve(path, name);
    }

    // ffprobe's packets of the picture: sizes and checksums, whatever container they are in.
    private static Task<string> PacketsAsync(string path) => Tool.RunAsync(
        "ffprobe", "-v", "error", "-select_streams", "v:0", "-show_data_hash",
        "crc32", "-show_entries", "packet=data_hash", "-of", "csv=p=0", path);

    private static JsonElement? Stream(JsonElement report, string type) => report.GetProperty("streams").EnumerateArray()
        .Where(s => s.GetProperty("codec_type").GetString() == type).Select(s => (JsonElement?)s).FirstOrDefault();

    private static double Length(JsonElement report) => Number(report.GetProperty("format"), "duration");

    private static double Number(JsonElement of, string name) =>
        double.Parse(of.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
