using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Rendering;
using AiDub.Jobs.Tools;

namespace AiDub.Tests.Jobs.Media;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DubRendererTests
{
    private const string Picture = "-f lavfi -i testsrc2=s=160x120:r=25:d=4";
    private const string Speech = "-f lavfi -i aevalsrc=0.2*sin(2*PI*300*t)*gt(sin(2*PI*3*t)\\,0)+0.02*sin(2*PI*90*t):s=44100:d=4";
    private const string H264 = "-c:v libx264 -preset ultrafast -bf 2 -x264-params b-adapt=0 -c:a aac";
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase("a.mp4", Picture + " " + Speech + " " + H264, TestName = "mp4 with B-frames")]
    [TestCase("a.mov", Picture + " " + Speech + " " + H264, TestName = "mov")]
    [TestCase("a.mkv", Picture + " " + Speech + " " + H264, TestName = "mkv")]
    [TestCase("a.webm", Picture + " " + Speech + " -c:v libvpx -deadline realtime -c:a libopus -ar 48000", TestName = "webm")]
    [TestCase("a.ts", Picture + " " + Speech + " " + H264, TestName = "mpegts")]
    [TestCase("a.avi", Picture + " " + Speech + " -c:v mpeg4 -c:a libmp3lame", TestName = "avi")]
    [TestCase("a.flv", Picture + " " + Speech + " " + H264, TestName = "flv")]
    [TestCase("a.mp4", "-f lavfi -i testsrc2=s=160x120:r=24000/1001:d=4 " + Speech + " " + H264, TestName = "23.976 frames a second")]
    [TestCase("a.mp4", Picture + " -f lavfi -i sine=d=2 " + H264, TestName = "sound shorter than the picture")]
    [TestCase("a.mp4", Picture + " -f lavfi -i sine=d=6 " + H264, TestName = "sound longer than the picture")]
    [TestCase("a.mp4", Picture + " -itsoffset 1.5 -f lavfi -i sine=d=2 " + H264, TestName = "sound that starts late")]
    [TestCase("a.mp4", "-itsoffset 1 " + Picture + " " + Speech + " " + H264, TestName = "a picture that starts late")]
    [TestCase("a.mkv", Picture + " " + Speech + " " + H264 + " -output_ts_offset 7", TestName = "mkv that starts at 7 seconds")]
    [TestCase("a.mp4", Picture + " " + Speech + " " + H264 + " -movflags frag_keyframe+empty_moov", TestName = "fragmented mp4")]
    [TestCase("a.mp4", Picture + " " + Speech + " " + H264 + " -ac 6", TestName = "six channels")]
    [TestCase("a.mp4", Picture + " " + Speech + " " + H264 + " -ac 1", TestName = "one channel")]
    [TestCase("a.m4a", Speech + " -c:a aac", TestName = "sound only")]
    [TestCase("a.mp3", Speech + " -c:a libmp3lame", TestName = "mp3")]
    public async Task A_dub_lasts_as_long_as_its_source_and_its_picture_is_copied(string name, string arguments)
    {
        var source = await _bench.MakeAsync(name, arguments);
        var media = await _bench.ProbeAsync(source);

        var dubbed = await RenderAsync(source, media);

        var frame = media.Video?.FrameSeconds ?? 0.025;
        Assert.That(await _bench.DurationAsync(dubbed), Is.EqualTo(media.DurationSeconds).Within(frame));
        if (media.Video is not null && name is not "a.ts" and not "a.flv")
            Assert.That(await _bench.PacketsAsync(dubbed, "v:0"), Is.EqualTo(await _bench.PacketsAsync(source, "v:0")));
    }

    [TestCase("a.mp4", "", TestName = "Sound in place")]
    [TestCase("a.mp4", "-itsoffset 1.5", TestName = "Sound that starts late, in place")]
    [TestCase("a.ts", "-itsoffset 0.5", TestName = "Sound of mpegts, in place")]
    public async Task The_original_and_the_dub_are_heard_where_they_belong(string name, string offset)
    {
        var sound = $"{offset} -f lavfi -i aevalsrc=0.5*sin(2*PI*1000*t)*between(mod(t\\,1)\\,0\\,0.05):s=48000:d=2.5".Trim();
        var source = await _bench.MakeAsync(name, $"{Picture} {sound} {H264}");
        var media = await _bench.ProbeAsync(source);
        var dubbed = await RenderAsync(source, media, start: 3.2, length: 0.5);

        var after = await _bench.SamplesAsync(dubbed);
        var late = offset.Length == 0 ? 0 : double.Parse(offset.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(Onset(after, late + 0.9), Is.EqualTo(late + 1).Within(0.025));
        Assert.That(Onset(after, 3.15), Is.EqualTo(3.2).Within(0.01));
    }

    [Test]
    public async Task Rotation_language_and_chapters_stay_and_what_says_who_made_it_goes()
    {
        await File.WriteAllTextAsync(
            _bench.Path("chapters.txt"), ";FFMETADATA1\ntitle=private\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\ntitle=One\n");
        await File.WriteAllTextAsync(_bench.Path("s.srt"), "1\n00:00:01,000 --> 00:00:02,000\nHi\n");
        var plain = await _bench.MakeAsync(
            "plain.mp4",
            $"{Picture} {Speech} {Speech} -f ffmetadata -i chapters.txt -i s.srt -map 0 -map 1 -map 2 -map 4 {H264} "
                + "-c:s mov_text -map_metadata 3 -metadata:s:s:0 language=ger -metadata:s:a:1 language=fra");
        var source = await _bench.MakeAsync("source.mp4", $"-i {plain} -map 0:v -map 0:a -map 0:s -c copy -metadata:s:v:0 rotate=90");
        var media = await _bench.ProbeAsync(source);

        var dubbed = await RenderAsync(source, media);

        var result = await _bench.InspectAsync(dubbed);
        var streams = result.GetProperty("streams").EnumerateArray().ToList();
        Assert.That(
            streams.Select(s => s.GetProperty("codec_type").GetString()),
            Is.EqualTo(new[] { "video", "audio", "audio", "subtitle", "data" }));
        Assert.That(streams[0].GetProperty("side_data_list").ToString(), Does.Contain("rotation"));
        Assert.That(streams[1].GetProperty("tags").GetProperty("language").GetString(), Is.EqualTo("spa"));
        Assert.That(streams[2].GetProperty("tags").GetProperty("language").GetString(), Is.EqualTo("fra"));
        Assert.That(streams[3].GetProperty("tags").GetProperty("language").GetString(), Is.EqualTo("ger"));
        var chapter = result.GetProperty("chapters").EnumerateArray().Single();
        Assert.That(chapter.GetProperty("tags").GetProperty("title").GetString(), Is.EqualTo("One"));
        Assert.That(result.GetProperty("format").GetProperty("tags").TryGetProperty("title", out _), Is.False);
        Assert.That(media.DroppedStreams, Is.Empty);
    }

    [TestCase("a.mp4")]
    [TestCase("a.mkv")]
    [TestCase("a.mov")]
    public async Task Nothing_that_a_source_tells_about_itself_or_its_streams_but_their_titles_is_in_the_dub(string name)
    {
        var tags =
            string.Join(' ', new[] { "comment", "artist", "location", "handler_name", "vendor_id", "encoder", "creation_time",
                "private_tag" }
            .SelectMany(tag => new[] { "", ":s:v:0", ":s:a:0", ":s:s:0" }.Select(where => $"-metadata{where} {tag}=canary-{tag}")))
            + " -metadata title=canary-title -metadata:s:a:0 title=canary-of-another-sound"
                + " -metadata:s:v:0 title=Film -metadata:s:s:0 title=Subtitles";
        await File.WriteAllTextAsync(_bench.Path("s.srt"), "1\n00:00:01,000 --> 00:00:02,000\nHi\n");
        var subtitles = name == "a.mkv" ? "subrip" : "mov_text";
        var source = await _bench.MakeAsync(
            name,
            $"{Picture} {Speech} -i s.srt -map 0 -map 1 -map 2 {H264} -c:s {subtitles} "
                + tags.Replace("creation_time=canary-creation_time", "creation_time=2001-02-03T04:05:06Z"));
        Assert.That((await _bench.InspectAsync(source)).ToString(), Does.Contain("canary-").And.Contain("2001-02-03"));

        var dubbed = await RenderAsync(source, await _bench.ProbeAsync(source));

        Assert.That((await _bench.InspectAsync(dubbed)).ToString(), Does.Not.Contain("canary-").And.Not.Contain("2001-02-03"));
        Assert.That(System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(dubbed)), Does.Not.Contain("canary-"));
    }

    [TestCase(0.1, TestName = "A quiet source")]
    [TestCase(1.0, TestName = "A usual source")]
    [TestCase(4.5, TestName = "A source near full scale")]
    public async Task The_dub_is_as_loud_as_its_source_by_ffmpegs_meter(double level)
    {
        const string voice = "-f lavfi -i flite=text='the_original_speaks_here_and_goes_on':voice=rms -f lavfi -i anoisesrc=a=0.01:d=4";
        const string mix = "[v][2]amix=inputs=2:duration=shortest:normalize=0";
        var source = await _bench.MakeAsync(
            "a.mkv",
            FormattableString.Invariant($"{Picture} {voice} -filter_complex [1]volume={level},apad[v];{mix} {H264}"));
        var media = await _bench.ProbeAsync(source);

        var (outcome, dubbed) = await RenderWithOutcomeAsync(source, media, 0.2, 2.0);

        var (before, after) = (await _bench.LufsAsync(source), await _bench.LufsAsync(dubbed));
        Assert.That(after, Is.EqualTo(before).Within(1));
        Assert.That(outcome.Loudness.SourceLufs, Is.EqualTo(before).Within(0.2));
        Assert.That(outcome.Loudness.ResultLufs, Is.EqualTo(after).Within(0.3));
        Assert.That(outcome.Loudness.TruePeakDbtp, Is.LessThan(-1.3));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Cancelling_stops_both_processes(CancellationToken test)
    {
        var source = await _bench.MakeAsync("a.mp4", $"{Picture} {Speech} {H264}");
        var media = await _bench.ProbeAsync(source);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(test);
        var progress = new CancelAt(0.5, cancel);

        var run = _bench.Renderer.RenderAsync(Job(source, media, []), progress, cancel.Token);

        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_result_that_cannot_be_written_is_a_failure_and_not_a_wait(CancellationToken test)
    {
        var source = await _bench.MakeAsync("a.mp4", $"{Picture} {Speech} {H264}");
        var media = await _bench.ProbeAsync(source);
        var job = Job(source, media with { DurationSeconds = 60 }, []) with { OutputPath = _bench.Path("no/such/folder.mp4") };

        Assert.That(async () => await _bench.Renderer.RenderAsync(job, new NoProgress(), test), Throws.InstanceOf<ToolFailedException>());
    }

    private async Task<string> RenderAsync(string source, SourceMedia media, double start = 0.5, double length = 1) =>
        (await RenderWithOutcomeAsync(source, media, start, length)).Path;

    private async Task<(RenderOutcome Outcome, string Path)> RenderWithOutcomeAsync(
        string source, SourceMedia media, double start, double length)
    {
        const string said = "flite=text='the_dubbed_voice_says_something_else_of_some_length':voice=slt";
        var voice = await _bench.MakeAsync(
            "voice.wav",
            FormattableString.Invariant(
                $"-f lavfi -i {said} -af silenceremove=1:0:-40dB -t {length} -ar 48000 -ac 1 -c:a pcm_s16le"));
        var job = Job(source, media, [new PlacedSpeech(voice, start, length)]);
        return (await _bench.Renderer.RenderAsync(job, new NoProgress(), default), job.OutputPath);
    }

    private RenderJob Job(string source, SourceMedia media, PlacedSpeech[] speech) => new()
    {
        SourcePath = source,
        Media = media,
        Speech = speech,
        OriginalSpeech = [.. speech.Select(s => new AudioSpan(s.Start, s.Start + s.Length))],
        Language = "es",
        OutputPath = _bench.Path("dubbed" + (media.Container switch
        {
            Container.Mov => ".mov",
            Container.Mkv => ".mkv",
            Container.Webm => ".webm",
            Container.M4a => ".m4a",
            _ => ".mp4",
        })),
        Scratch = _bench.Folder,
    };

    private static double Onset(short[] samples, double from)
    {
        var at = (int)(from * 48000);
        while (at < samples.Length && Math.Abs((int)samples[at]) < 1500)
            at++;
        return at / 48000.0;
    }

    private sealed class CancelAt(double share, CancellationTokenSource cancel) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= share)
                cancel.Cancel();
        }
    }
}
