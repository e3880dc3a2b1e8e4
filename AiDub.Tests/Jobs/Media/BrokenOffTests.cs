using System.Buffers.Binary;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Media.Rendering;
using AiDub.Jobs.Tools;
using CliWrap;

namespace AiDub.Tests.Jobs.Media;

/// <summary>Of a source that broke off it is said how much is there, and that is dubbed; what is whole is never called so.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Category("Long")]
public sealed class BrokenOffTests
{
    private const string Picture = "-f lavfi -i testsrc2=s=64x48:r=25:d=6";
    private const string Sound = "-f lavfi -i sine=d=6";
    private const string H264 = "-c:v libx264 -preset ultrafast -g 10 -c:a aac";
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase("a.mp4", $"{Picture} {Sound} {H264} -movflags +faststart", TestName = "An MP4 that broke off")]
    [TestCase("a.mov", $"{Picture} {Sound} {H264} -movflags +faststart", TestName = "A QuickTime file that broke off")]
    [TestCase("a.mkv", $"{Picture} {Sound} {H264}", TestName = "A Matroska file that broke off")]
    [TestCase("a.webm", $"{Picture} {Sound} -c:v libvpx -deadline realtime -c:a libopus", TestName = "A WebM file that broke off")]
    [TestCase("a.avi", $"{Picture} {Sound} -c:v mpeg4 -c:a libmp3lame", TestName = "An AVI file that broke off")]
    [TestCase("a.flv", $"{Picture} {Sound} {H264}", TestName = "An FLV file that broke off")]
    [TestCase("a.wav", Sound, TestName = "A WAV file that broke off")]
    [TestCase("a.wav", $"{Sound} -rf64 always", TestName = "A WAV file of 64-bit sizes that broke off")]
    [TestCase("a.wav", $"{Sound} -c:a adpcm_ima_wav", TestName = "A WAV file of compressed sound that broke off")]
    [TestCase("a.w64", $"{Sound} -c:a pcm_s16le", TestName = "A Wave64 file that broke off")]
    [TestCase("a.aiff", $"{Sound} -c:a pcm_s16be", TestName = "An AIFF file that broke off")]
    [TestCase("a.au", $"{Sound} -c:a pcm_s16be", TestName = "An AU file that broke off")]
    [TestCase("a.caf", $"{Sound} -c:a pcm_s16be", TestName = "A Core Audio file that broke off")]
    [TestCase("a.caf", $"{Sound} -c:a pcm_s16be", 6000, TestName = "A Core Audio file whose sound begins late and broke off")]
    [TestCase("a.wv", Sound, TestName = "A WavPack file that broke off")]
    [TestCase("a.wma", Sound, TestName = "A WMA file that broke off")]
    [TestCase("a.wmv", $"{Picture} {Sound} -c:v wmv2 -c:a wmav2", TestName = "A WMV file that broke off")]
    [TestCase("a.mp3", $"{Sound} -c:a libmp3lame", TestName = "An MP3 that broke off")]
    [TestCase("a.flac", Sound, TestName = "A FLAC file that broke off")]
    public async Task What_there_is_is_told_and_dubbed(string name, string arguments, int free = 0)
    {
        var whole = await _bench.MakeAsync(name, arguments);
        if (free > 0)
            await BeginLateAsync(whole, free);
        Assert.That((await _bench.ProbeAsync(whole)).CutShort, Is.Null, "whole");
        foreach (var share in new[] { 0.4, 0.75, 0.9 })
        {
            var cut = await CutAsync(whole, share);

            var media = await _bench.ProbeAsync(cut);

            Assert.That(media.CutShort, Is.Not.Null, $"cut at {share}");
            Assert.That(media.CutShort!.PromisedSeconds, Is.EqualTo(6).Within(0.35), $"cut at {share}");
            Assert.That(media.CutShort.Seconds, Is.EqualTo(6 * share).Within(1.2), $"cut at {share}");
            Assert.That(media.DurationSeconds, Is.EqualTo(media.CutShort.Seconds));
            if (share == 0.75)
                Assert.That(await DubbedSecondsAsync(cut, media), Is.EqualTo(media.DurationSeconds).Within(0.09));
        }
    }

    [TestCase("-c:v mpeg4 -c:a libmp3lame")]
    [TestCase("-c:v mjpeg -c:a pcm_s16le")]
    public async Task An_AVI_that_was_written_into_a_pipe_did_not_break_off_whatever_it_states(string codecs)
    {
        var path = _bench.Path("piped.avi");
        var arguments = $"-v error {Picture} {Sound} {codecs} -f avi pipe:1".Split(' ');
        await _bench.Tools.RunAsync(
            new ToolCommand("ffmpeg", arguments, _bench.Folder) { StandardOutput = PipeTarget.ToFile(path) }, default);

        var media = await _bench.ProbeAsync(path);

        Assert.That(media.CutShort, Is.Null);
        Assert.That(media.DurationSeconds, Is.EqualTo(6).Within(0.1));
    }

    [Test]
    public async Task Sound_that_lies_behind_the_picture_and_is_missing_is_told_though_the_picture_is_whole()
    {
        await _bench.MakeAsync("v.mp4", $"{Picture} -c:v libx264 -preset ultrafast");
        var whole = await _bench.MakeAsync(
            "a.mp4", $"-i v.mp4 {Sound} -map 0 -map 1 -c:v copy -c:a aac -max_interleave_delta 0 -movflags +faststart -frag_interleave 0");
        var media = await _bench.ProbeAsync(await CutAsync(whole, 0.8));

        Assert.That(media.CutShort, Is.Not.Null);
        Assert.That(BrokenOff.Told(media.CutShort!), Does.StartWith("The source broke off: of the 6.0 s"));
    }

    [TestCase(0.3)]
    [TestCase(0.95)]
    public async Task A_file_whose_index_was_to_come_last_is_refused_as_cut_short(double share)
    {
        var whole = await _bench.MakeAsync("a.mov", $"{Picture} {Sound} {H264}");

        Assert.That(Code(await CutAsync(whole, share)), Is.EqualTo("source_cut_short"));
    }

    [Test]
    public async Task A_Core_Audio_file_without_the_table_of_its_packets_is_refused_as_cut_short()
    {
        var whole = await _bench.MakeAsync("a.caf", $"{Sound} -c:a alac");

        Assert.That(Code(await CutAsync(whole, 0.6)), Is.EqualTo("source_cut_short"));
    }

    [Test]
    public async Task A_file_that_broke_off_before_its_first_sound_is_refused_as_cut_short()
    {
        var whole = await _bench.MakeAsync("a.mp4", $"{Picture} {Sound} {H264} -movflags +faststart");
        var bytes = await File.ReadAllBytesAsync(whole);
        var media = bytes.AsSpan().IndexOf("mdat"u8);
        await File.WriteAllBytesAsync(_bench.Path("cut.mp4"), bytes[..(media + 20)]);

        Assert.That(Code(_bench.Path("cut.mp4")), Is.EqualTo("source_cut_short"));
    }

    [TestCase("a.mp4", $"-f lavfi -i testsrc2=s=64x48:r=25:d=2 {Sound} {H264}", TestName = "A picture shorter than the sound is whole")]
    [TestCase("a.mp4", $"{Picture} -f lavfi -i sine=d=2 {H264}", TestName = "Sound shorter than the picture is whole")]
    [TestCase("a.mp4", $"-f lavfi -i color=red:s=64x48:r=25:d=0.04 {Sound} {H264}", TestName = "A still image with sound is whole")]
    [TestCase("a.mkv", $"-f lavfi -i color=red:s=64x48:r=25:d=0.04 {Sound} {H264}", TestName = "A still image with sound in Matroska "
        + "is whole")]
    [TestCase("a.mp4", $"-itsoffset 2 {Picture} {Sound} {H264}", TestName = "A late picture is whole")]
    [TestCase("a.wmv", $"{Picture} -itsoffset 1.5 {Sound} -c:v wmv2 -c:a wmav2", TestName = "WMV with late sound is whole")]
    [TestCase("a.flv", $"-f lavfi -i testsrc2=s=64x48:r=25:d=2 {Sound} {H264}", TestName = "FLV with a short picture is whole")]
    [TestCase("a.mkv", $"{Picture} {Sound} -vf select='not(mod(n\\,49))' -vsync vfr {H264}", TestName = "A sparse picture is whole")]
    [TestCase("a.webm", $"{Picture} {Sound} -c:v libvpx -deadline realtime -c:a libopus -live 1", TestName = "A live recording is whole")]
    [TestCase("a.mp4", $"{Picture} {Sound} {H264} -movflags frag_keyframe+empty_moov", TestName = "A fragmented file is whole")]
    public async Task What_is_shorter_by_design_is_not_cut_short(string name, string arguments) =>
        Assert.That((await _bench.ProbeAsync(await _bench.MakeAsync(name, arguments))).CutShort, Is.Null);

    // Between its head and its sound there is room, as Apple's programs leave it.
    private static async Task BeginLateAsync(string path, int free)
    {
        var (bytes, size) = (await File.ReadAllBytesAsync(path), new byte[8]);
        BinaryPrimitives.WriteInt64BigEndian(size, free);
        await File.WriteAllBytesAsync(path, [.. bytes[..52], .. "free"u8, .. size, .. new byte[free], .. bytes[52..]]);
    }

    private async Task<string> CutAsync(string whole, double share)
    {
        var (bytes, path) = (await File.ReadAllBytesAsync(whole), _bench.Path("cut" + Path.GetExtension(whole)));
        await File.WriteAllBytesAsync(path, bytes[..(int)(bytes.Length * share)]);
        return path;
    }

    private string Code(string path) =>
        Assert.ThrowsAsync<PermanentDubException>(() => _bench.ProbeAsync(path)) is { } refusal ? refusal.Code.Value : "";

    private async Task<double> DubbedSecondsAsync(string source, SourceMedia media)
    {
        var job = new RenderJob
        {
            SourcePath = source,
            Media = media,
            Speech = [],
            OriginalSpeech = [],
            Language = "es",
            OutputPath = _bench.Path("dubbed" + media.Container.Extension()),
            Scratch = _bench.Folder,
        };
        await _bench.Renderer.RenderAsync(job, new NoProgress(), default);
        return await _bench.DurationAsync(job.OutputPath);
    }

    [TestCase(6.0, "of the 6.0 s that it says it has, 3.4 s are there")]
    [TestCase(
        3.41, "The source broke off after 3.4 s; these were dubbed.", TestName = "Of what counts only what is there no promise is told")]
    public void What_is_told_is_what_lacks(double promised, string told) =>
        Assert.That(BrokenOff.Told(new CutShort(promised, 3.38, 3.38, 3.3)), Does.Contain(told));
}
