using AiDub.Domain.Errors;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Steps.Rendering;
using AiDub.Jobs.Media.Rendering;
using AiDub.Tests.Jobs.Media;
using AiDub.Tests.Jobs.Media.Clock;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Steps.Rendering;

/// <summary>Pictures that ffmpeg decodes and no container takes from it as they are.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Category("Long")]
public sealed class EncodedFallbackTests
{
    private const string Clip = "-f lavfi -i testsrc2=s=352x288:r=25:d=2 -f lavfi -i sine=d=2";
    private const string H264 = "-c:v libx264 -preset ultrafast -g 25";
    private const string Mpeg2 = "-c:v mpeg2video -g 12 -bf 2 -c:a mp2";
    private StepBench _bench = null!;
    private MediaBench _media = null!;

    [SetUp]
    public void Open() => (_bench, _media) = (new StepBench(), new MediaBench());

    [TearDown]
    public void Close()
    {
        _bench.Dispose();
        _media.Dispose();
    }

    [TestCase("a.rm", "-c:v rv20 -c:a ac3", TestName = "RealVideo in RealMedia")]
    [TestCase("a.avi", "-c:v bmp -c:a mp3", TestName = "Pictures of RGB in AVI")]
    public async Task A_picture_that_no_container_carries_as_it_is_is_encoded_and_warned_of(string name, string codecs)
    {
        var job = await JobAsync(name, $"{Clip} {codecs}");

        var (rendered, _) = await RenderAsync(job);

        var result = await _media.ProbeAsync(rendered.OutputPath);
        Assert.That(result.Video!.Codec, Is.EqualTo("h264"));
        Assert.That(result.DurationSeconds, Is.EqualTo(job.Media.DurationSeconds).Within(0.1));
        var packets = await _media.PacketsAsync(rendered.OutputPath, "v:0");
        Assert.That(packets.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(50));
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "picture_encoded" }));
    }

    [Test]
    public async Task A_picture_that_can_be_copied_is()
    {
        var job = await JobAsync("a.mkv", $"{Clip} -c:v ffv1 -c:a mp3");

        var (rendered, _) = await RenderAsync(job);

        Assert.That((await _media.ProbeAsync(rendered.OutputPath)).Video!.Codec, Is.EqualTo("ffv1"));
        Assert.That(_bench.Warned, Is.Empty);
    }

    [TestCase("a.ts", "-c:v libx264 -preset ultrafast -g 25 -c:a aac", TestName = "H.264 in a broadcast")]
    [TestCase("a.ts", "-c:v mpeg2video -g 12 -c:a mp2", TestName = "MPEG-2 in a broadcast")]
    [TestCase("a.flv", "-c:v libx264 -preset ultrafast -g 25 -c:a aac", TestName = "H.264 in FLV")]
    public async Task A_picture_that_changes_its_size_is_encoded_in_one_and_seen_to_its_end(string name, string codecs)
    {
        var (one, two) = (await ClipAsync("one-" + name, codecs), await ClipAsync("two-" + name, "-s 320x240 " + codecs));
        var job = await JobAsync(JoinedClips.Join(_media, name, one, two));

        var (rendered, _) = await RenderAsync(job);

        Assert.That(_bench.Warned, Is.EqualTo(new[] { "picture_encoded" }));
        var picture = (await _media.ProbeAsync(rendered.OutputPath)).Video!;
        Assert.That((picture.Codec, picture.Width, picture.Height), Is.EqualTo(("h264", 160, 90)));
        await FlashAndBeep.AssertAsync(rendered.OutputPath, [1.2, 3.2], 0.3);
    }

    [Test]
    public async Task A_picture_whose_pixels_change_their_shape_is_encoded_with_bars_where_it_is_wider()
    {
        const string sound = "-f lavfi -i sine=d=2 -c:v mpeg2video -g 12 -c:a mp2";
        var job = await JobAsync(JoinedClips.Join(
            _media,
            "a.ts",
            await _media.MakeAsync("one.ts", $"-f lavfi -i color=white:s=160x120:r=25:d=2,setsar=1 {sound}"),
            await _media.MakeAsync("two.ts", $"-f lavfi -i color=white:s=160x120:r=25:d=2,setsar=4/3 {sound}")));

        var (rendered, _) = await RenderAsync(job);

        Assert.That(_bench.Warned, Is.EqualTo(new[] { "picture_encoded" }));
        Assert.That((await TopAsync(rendered.OutputPath, 1), await TopAsync(rendered.OutputPath, 3)), Is.EqualTo((255, 0)).Within(8));
    }

    [TestCase(Mpeg2, H264 + " -c:a mp2", TestName = "MPEG-2, then H.264")]
    [TestCase(H264 + " -c:a aac", "-s 320x180 " + Mpeg2, TestName = "H.264, then MPEG-2 of another size, with other sound")]
    [TestCase(H264 + " -c:a aac -bf 2", "-c:v libx265 -preset ultrafast -x265-params log-level=none -c:a aac",
        TestName = "H.264, then HEVC")]
    [TestCase(Mpeg2, H264 + " -streamid 0:600 -c:a mp2", TestName = "MPEG-2, then H.264 under another number")]
    public async Task A_picture_that_changes_its_codec_is_encoded_in_one_and_seen_to_its_end(string before, string after)
    {
        var (one, two) = (await ClipAsync("one.ts", before), await ClipAsync("two.ts", after));
        var job = await JobAsync(JoinedClips.Join(_media, "a.ts", one, two));

        var (rendered, _) = await RenderAsync(job);

        Assert.That(_bench.Warned, Is.EqualTo(new[] { "picture_encoded" }));
        var result = await _media.ProbeAsync(rendered.OutputPath);
        Assert.That((result.Video!.Codec, result.Video.Width, result.Video.Height), Is.EqualTo(("h264", 160, 90)));
        Assert.That(result.DurationSeconds, Is.EqualTo(4).Within(0.3));
        await FlashAndBeep.AssertAsync(rendered.OutputPath, [1.2, 3.2], 0.3);
    }

    [TestCase("-s 320x180 ", true, TestName = "Fragments of another size behind an index of their own")]
    [TestCase("-bf 0 -x264-params ref=4 ", false, TestName = "Fragments of another encoder behind an index of their own")]
    public async Task Fragments_behind_another_index_are_seen_and_heard(string how, bool isEncoded)
    {
        const string fragments = H264 + " -c:a aac -movflags frag_keyframe+empty_moov+default_base_moof";
        var (one, two) = (await ClipAsync("one.mp4", fragments), await ClipAsync("two.mp4", how + fragments));
        var job = await JobAsync(JoinedClips.Join(_media, "a.mp4", one, two, one));

        var (rendered, _) = await RenderAsync(job);

        Assert.That(_bench.Warned, Is.EqualTo(isEncoded ? ["picture_encoded"] : Array.Empty<string>()));
        Assert.That(Path.GetExtension(rendered.OutputPath), Is.EqualTo(".mp4"));
        await FlashAndBeep.AssertAsync(rendered.OutputPath, [1.2, 3.2, 5.2], 0.3);
    }

    [Test]
    public async Task Fragments_that_repeat_their_index_are_taken_as_they_are()
    {
        const string fragments = H264 + " -c:a aac -movflags frag_keyframe+empty_moov+default_base_moof";
        var one = await ClipAsync("one.mp4", fragments);
        var joined = JoinedClips.Join(_media, "a.mp4", one, one);

        Assert.That((await JobAsync(joined)).Media.Video!.Track, Is.Not.Null, "it is no transport stream");
    }

    [TestCase("a.ts", "-c:v libx264 -preset ultrafast -g 25 -c:a aac", TestName = "H.264 of one size in a broadcast")]
    [TestCase("a.ts", "-c:v mpeg2video -g 12 -c:a mp2", TestName = "MPEG-2 of one size in a broadcast")]
    [TestCase("a.flv", "-c:v libx264 -preset ultrafast -g 25 -c:a aac", TestName = "H.264 of one size in FLV")]
    public async Task A_picture_that_begins_again_as_it_was_is_copied(string name, string codecs)
    {
        var one = await ClipAsync("one-" + name, codecs);

        var (rendered, _) = await RenderAsync(await JobAsync(JoinedClips.Join(_media, name, one, one)));

        Assert.That((rendered.Media.PictureChanges, rendered.PicturePath), Is.EqualTo((false, null as string)));
    }

    [Test]
    public async Task A_picture_that_changes_its_size_and_cannot_be_encoded_is_copied_and_warned_of()
    {
        const string codecs = "-c:a aac -c:v libx264 -preset ultrafast -g 25";
        var (one, two) = (await ClipAsync("one.ts", codecs), await ClipAsync("two.ts", "-s 320x240 " + codecs));
        var job = await JobAsync(JoinedClips.Join(_media, "a.ts", one, two));
        // No encoder makes so small a picture.
        job = job with { Media = job.Media with { Video = job.Media.Video! with { Width = 1, Height = 1 } } };

        var (rendered, _) = await RenderAsync(job);

        Assert.That(rendered.PicturePath, Is.Null);
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "picture_changes" }));
    }

    [Test]
    public async Task A_picture_of_two_encoders_and_one_size_is_copied()
    {
        const string codecs = "-c:a aac -c:v libx264 -preset ultrafast -g 25";
        var (one, two) = (await ClipAsync("one.ts", codecs), await ClipAsync("two.ts", codecs + " -x264-params sps-id=3:ref=4"));

        Assert.That((await JobAsync(JoinedClips.Join(_media, "a.ts", one, two, one))).Media.PictureChanges, Is.False);
    }

    [Test]
    public async Task Sound_that_cannot_be_decoded_is_refused_without_a_picture_that_is_encoded_for_it()
    {
        var job = await JobAsync("a.mkv", $"{Clip} -c:v ffv1 -c:a mp3");
        var none = job with { Media = job.Media with { Audio = job.Media.Audio with { Index = 7 } } };

        var refusal = Assert.ThrowsAsync<PermanentDubException>(() => RenderAsync(none));

        Assert.That((refusal.Code, refusal.Message), Is.EqualTo(
            (FailureCode.MediaInvalid, "The sound of the source is damaged or in a format that cannot be decoded.")));
        Assert.That(Directory.GetFiles(_media.Folder), Is.EqualTo(new[] { job.SourcePath }));
    }

    [Test]
    public async Task Encrypted_sound_is_refused_as_such_where_nothing_had_to_be_recognised()
    {
        var job = await JobAsync(
            "a.mp4",
            $"-f lavfi -i sine=d=3 -c:a aac -encryption_scheme cenc-aes-ctr "
                + "-encryption_key 76a6c65c5ea762046bd749a2e632ccbb -encryption_kid a7e61c373e219033c21091fa607bf3b8");

        var refusal = Assert.ThrowsAsync<PermanentDubException>(() => RenderAsync(job));

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.MediaEncrypted));
    }

    [Test]
    public async Task What_can_neither_be_copied_nor_encoded_is_refused()
    {
        var job = await JobAsync("a.rm", $"{Clip} -c:v rv20 -c:a ac3");
        var none = job with { Media = job.Media with { Video = job.Media.Video! with { Index = 7 } } };

        var refusal = Assert.ThrowsAsync<PermanentDubException>(() => RenderAsync(none));

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.MediaInvalid));
    }

    // How light the first pixel of the frame at a time is.
    private async Task<int> TopAsync(string path, double seconds) => (await File.ReadAllBytesAsync(
        await _media.MakeAsync("frame.raw", $"-ss {seconds} -i {path} -frames:v 1 -vf format=gray -f rawvideo")))[0];

    private Task<(RenderJob Job, RenderOutcome Outcome)> RenderAsync(RenderJob job)
    {
        _bench.Context.BeginStep(new NoProgress());
        var fallback = new RenderFallback(
            _media.Renderer, new SubtitleBurner(_media.Tools), NullLogger<RenderFallback>.Instance);
        return fallback.RenderAsync(_bench.Context, job, new NoProgress(), default);
    }

    private Task<string> ClipAsync(string name, string how) =>
        _media.MakeAsync(name, $"{FlashAndBeep.Picture(2, 1.2)} {FlashAndBeep.Sound(2, 1.2)} {how}");

    private async Task<RenderJob> JobAsync(string name, string arguments) => await JobAsync(await _media.MakeAsync(name, arguments));

    private async Task<RenderJob> JobAsync(string source)
    {
        return new RenderJob
        {
            SourcePath = source,
            Media = await _media.ProbeAsync(source),
            Speech = [],
            OriginalSpeech = [new AudioSpan(0, 1)],
            Language = "es",
            OutputPath = _media.Path("dubbed.mp4"),
            Scratch = _media.Folder,
        };
    }
}
