using AiDub.Domain.Media;
using AiDub.Jobs.Media.Rendering;

namespace AiDub.Tests.Jobs.Media;

/// <summary>What a source says of its picture is said by its dub too; what cannot be said is named.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PictureRecordTests
{
    private const string Picture = "-f lavfi -i testsrc2=s=64x48:r=25:d=1";
    private const string Sound = "-f lavfi -i sine=d=1 -c:a aac";
    private const string Hevc = "-c:v libx265 -preset ultrafast -x265-params log-level=0";
    private const string Hdr =
        "-pix_fmt yuv420p10le -c:v libx265 -preset ultrafast -x265-params "
            + "log-level=0:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:hdr10=1";
    private const string H264 = "-c:v libx264 -preset ultrafast";
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task Dolby_Vision_mastering_light_and_spherical_records_stay_in_MP4()
    {
        var plain = await _bench.MakeAsync("plain.mp4", $"{Picture} {Sound} {Hdr} -tag:v hvc1");
        var source = _bench.Path("source.mp4");
        byte[] boxes =
        [
            .. SampleEntry.DolbyVision(8, 1), .. SampleEntry.Mastering, .. SampleEntry.Light,
            .. SampleEntry.SideBySide, .. SampleEntry.Spherical,
        ];
        await File.WriteAllBytesAsync(source, SampleEntry.With(await File.ReadAllBytesAsync(plain), "hvc1", boxes));

        var (media, outcome, dubbed) = await DubAsync(source);

        Assert.That(media.PictureRecords.Keys, Is.SupersetOf(new[]
        {
            PictureRecord.DolbyVision, PictureRecord.Mastering, PictureRecord.ContentLight, PictureRecord.Stereo, PictureRecord.Spherical,
            PictureRecord.Transfer, PictureRecord.Primaries, PictureRecord.Matrix,
        }));
        Assert.That(media.PictureRecords[PictureRecord.DolbyVision], Is.EqualTo("8.1"));
        Assert.That(outcome.LostRecords, Is.Empty);
        Assert.That((await _bench.ProbeAsync(dubbed)).PictureRecords, Is.EqualTo(media.PictureRecords));
    }

    [TestCase("a.mkv", "-metadata:s:v:0 stereo_mode=left_right", PictureRecord.Stereo)]
    [TestCase("a.mkv", "-metadata:s:v:0 title=Film", PictureRecord.Title)]
    [TestCase("a.mkv", "-metadata:s:v:0 language=ger", PictureRecord.Language)]
    [TestCase("a.mkv", "-timecode 01:02:03:04", PictureRecord.Timecode)]
    [TestCase("a.mov", "-timecode 01:02:03:04", PictureRecord.Timecode)]
    [TestCase("a.mov", "-timecode 01:02:03:04 -metadata:s:v:0 language=ger", PictureRecord.Language)]
    [TestCase("a.mp4", "-timecode 10:00:00:00 -write_tmcd 1", PictureRecord.Timecode)]
    [TestCase("a.mov", "-vf setsar=16/15", PictureRecord.SampleAspect)]
    [TestCase("a.mp4", "-pix_fmt yuvj420p", PictureRecord.Range)]
    [TestCase("a.mkv", "-color_primaries bt2020 -color_trc arib-std-b67 -colorspace bt2020nc", PictureRecord.Transfer)]
    public async Task What_a_container_tells_of_the_picture_stays(string name, string told, string record)
    {
        var (media, outcome, dubbed) = await DubAsync(await _bench.MakeAsync(name, $"{Picture} {Sound} {H264} {told}"));

        Assert.That(media.PictureRecords, Contains.Key(record));
        Assert.That(outcome.LostRecords, Is.Empty);
        Assert.That((await _bench.ProbeAsync(dubbed)).PictureRecords[record], Is.EqualTo(media.PictureRecords[record]));
    }

    [Test]
    public async Task Transparency_of_WebM_stays()
    {
        var source = await _bench.MakeAsync(
            "a.webm",
            "-f lavfi -i testsrc2=s=64x48:r=25:d=1,format=yuva420p -f lavfi -i sine=d=1 -c:v libvpx -auto-alt-ref 0 -deadline "
                + "realtime -c:a libopus");

        var (_, outcome, dubbed) = await DubAsync(source);

        Assert.That(outcome.LostRecords, Is.Empty);
        Assert.That((await _bench.InspectAsync(dubbed)).ToString().ToLowerInvariant(), Does.Contain("alpha_mode"));
        var seen = await _bench.MakeAsync(
            "alpha.gray", $"-c:v libvpx -i {dubbed} -map 0:v:0 -frames:v 1 -vf alphaextract -pix_fmt gray -f rawvideo");
        Assert.That(await File.ReadAllBytesAsync(seen), Has.Length.EqualTo(64 * 48));
    }

    [TestCase("a.ts", Hevc)]
    [TestCase("a.mp4", Hevc + " -tag:v hev1")]
    [TestCase("a.mov", Hevc + " -tag:v hev1")]
    public async Task HEVC_in_MP4_has_the_name_that_all_players_take(string name, string codec)
    {
        var (_, outcome, dubbed) = await DubAsync(await _bench.MakeAsync(name, $"{Picture} {Sound} {codec}"));

        var picture = (await _bench.InspectAsync(dubbed)).GetProperty("streams").EnumerateArray().First();
        Assert.That(picture.GetProperty("codec_tag_string").GetString(), Is.EqualTo("hvc1"));
        Assert.That(outcome.LostRecords, Is.Empty);
    }

    [Test]
    public async Task What_another_container_cannot_say_is_named()
    {
        var source = await _bench.MakeAsync(
            "a.mp4", $"-i {await _bench.MakeAsync("plain.mp4", $"{Picture} {Sound} {H264}")} -c copy -metadata:s:v:0 rotate=90");
        var media = await _bench.ProbeAsync(source);

        var outcome = await _bench.Renderer.RenderAsync(Job(source, media with { Container = Container.Mkv }), new NoProgress(), default);

        Assert.That(outcome.LostRecords, Is.EqualTo(new[] { PictureRecord.Rotation }));
    }

    [TestCase("0.68 0.32 1000 0.005", "0.680001 0.3199 1000 0.005", true)]
    [TestCase("0.68 0.32 1000 0.005", "0.68 0.32 400 0.005", false)]
    [TestCase("8.1", "8.4", false)]
    [TestCase("01:02:03:04", "01:02:03:05", false)]
    [TestCase("0.68 0.32", "0.68", false)]
    public void Numbers_are_the_same_when_containers_only_round_them(string told, string kept, bool same) => Assert.That(
        PictureRecord.Lost(new Dictionary<string, string> { ["x"] = told }, new Dictionary<string, string> { ["x"] = kept, ["y"] = "" }),
        same ? Is.Empty : Is.EqualTo(new[] { "x" }));

    private async Task<(SourceMedia Media, RenderOutcome Outcome, string Path)> DubAsync(string source)
    {
        var media = await _bench.ProbeAsync(source);
        var job = Job(source, media);
        return (media, await _bench.Renderer.RenderAsync(job, new NoProgress(), default), job.OutputPath);
    }

    private RenderJob Job(string source, SourceMedia media) => new()
    {
        SourcePath = source,
        Media = media,
        Speech = [],
        OriginalSpeech = [],
        Language = "es",
        OutputPath = _bench.Path("dubbed" + media.Container.Extension()),
        Scratch = _bench.Folder,
    };
}
