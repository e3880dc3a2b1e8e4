using System.Globalization;
using AiDub.Domain.Media;
using AiDub.Domain.Subtitles;
using AiDub.Jobs.Media.Rendering;

namespace AiDub.Tests.Jobs.Media;

/// <summary>Subtitles go into pictures of every kind; what the picture says of its light and shape stays.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Category("Long")]
public sealed class BurnedPictureTests
{
    private const string Sound = "-f lavfi -i sine=d=0.4 -c:a aac";
    private const string X264 = "-c:v libx264 -preset ultrafast";
    private const string X265 =
        "-pix_fmt yuv420p10le -c:v libx265 -preset ultrafast -x265-params log-level=error:colorprim=bt2020:colormatrix=bt2020nc:transfer";
    private const string Srt = "1\n00:00:00,000 --> 00:00:02,000\nMMMMMMMMMM\n";
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase("319x179", "yuv444p", X264, "odd.mp4", "h264 yuv420p 318x178")]
    [TestCase("321x181", "yuv420p", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8", "odd.mkv", "h264 yuv420p 320x180")]
    [TestCase("320x180", "yuv422p10le", X264, "ten-bit.mkv", "h264 yuv420p 320x180")]
    [TestCase("320x180", "gray", "-c:v ffv1", "grey.mkv", "h264 yuv420p 320x180")]
    [TestCase("320x180", "gbrp", "-c:v ffv1", "rgb.mkv", "h264 yuv420p 320x180")]
    [TestCase("320x180", "pal8", "-c:v png", "palette.mov", "h264 yuv420p 320x180")]
    [TestCase("320x180", "argb", "-c:v qtrle", "alpha.mov", "h264 yuv420p 320x180")]
    [TestCase("16x16", "yuv420p", X264, "tiny.mp4", "h264 yuv420p 16x16")]
    [TestCase("4096x2160", "yuv420p", X264, "large.mp4", "h264 yuv420p 4096x2160")]
    public async Task Any_picture_takes_subtitles(string size, string format, string codec, string name, string burned)
    {
        var source = await _bench.MakeAsync(name, $"-f lavfi -i color=0x808080:s={size}:r=5:d=0.4 {Sound} -pix_fmt {format} {codec}");

        Assert.That(await PictureAsync(await BurnAsync(source)), Is.EqualTo(burned));
    }

    [TestCase("smpte2084", "hdr.mp4", "hevc yuv420p10le 320x180")]
    [TestCase("smpte2084", "hdr.mkv", "hevc yuv420p10le 320x180")]
    [TestCase("arib-std-b67", "hlg.ts", "hevc yuv420p10le 320x180")]
    public async Task A_high_dynamic_range_stays_and_white_is_neither_blinding_nor_grey(string transfer, string name, string burned)
    {
        var more = transfer == "smpte2084"
            ? ":hdr10=1:max-cll=1000,400:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50)"
            : "";
        var source = await _bench.MakeAsync(name, $"-f lavfi -i color=black:s=320x180:r=5:d=0.4 {Sound} {X265}={transfer}{more}");

        var (media, outcome, dubbed) = await DubAsync(source);

        Assert.That(await PictureAsync(dubbed), Is.EqualTo(burned));
        Assert.That(outcome.LostRecords, Is.Empty);
        Assert.That(media.PictureRecords[PictureRecord.Transfer], Is.EqualTo(transfer));
        if (more.Length > 0)
        {
            var told = (await _bench.InspectAsync(dubbed)).GetProperty("streams")[0].ToString();
            Assert.That(told, Does.Contain("Mastering display metadata").And.Contain("\"max_content\": 1000"));
        }

        // 10 bits of 64 to 940: 203 cd/m² are 58 % in PQ and 75 % in HLG.
        var white = (await LumaAsync(dubbed)).Max();
        Assert.That(white, Is.EqualTo(64 + (876 * (transfer == "smpte2084" ? 0.58 : 0.75))).Within(70));
    }

    [Test]
    public async Task HDR_of_WebM_stays_in_VP9_with_what_was_known_of_its_light()
    {
        var light = $"{X265}=smpte2084:hdr10=1:max-cll=1000,400";
        var plain = await _bench.MakeAsync("plain.mp4", $"-f lavfi -i color=black:s=320x180:r=5:d=0.4 {Sound} {light} -tag:v hvc1");
        var graded = _bench.Path("graded.mp4");
        await File.WriteAllBytesAsync(
            graded, SampleEntry.With(await File.ReadAllBytesAsync(plain), "hvc1", [.. SampleEntry.Mastering, .. SampleEntry.Light]));
        var media = await _bench.ProbeAsync(graded);
        var job = Job(graded, media with { Container = Container.Webm });
        var burned = await new SubtitleBurner(_bench.Tools).BurnAsync(graded, job.Media, Srt, _bench.Folder, default);

        var outcome = await _bench.Renderer.RenderAsync(
            job with { PicturePath = burned!.Value.Path, PictureCodec = burned.Value.Codec }, new NoProgress(), default);

        Assert.That(outcome.LostRecords, Is.Empty);
        Assert.That(await PictureAsync(job.OutputPath), Is.EqualTo("vp9 yuv420p10le 320x180"));
        Assert.That(
            (await _bench.ProbeAsync(job.OutputPath)).PictureRecords.Keys,
            Is.SupersetOf(new[] { PictureRecord.Mastering, PictureRecord.ContentLight }));
    }

    [Test]
    public async Task Subtitles_stand_upright_in_a_picture_that_is_turned()
    {
        var plain = await _bench.MakeAsync("plain.mp4", $"-f lavfi -i color=black:s=320x180:r=5:d=0.4 {Sound} {X264}");
        var (_, outcome, dubbed) = await DubAsync(await _bench.MakeAsync("turned.mp4", $"-i {plain} -c copy -metadata:s:v:0 rotate=90"));

        Assert.That(await PictureAsync(dubbed), Is.EqualTo("h264 yuv420p 180x320"));
        Assert.That(outcome.LostRecords, Is.Empty);
        var luma = await LumaAsync(dubbed);
        Assert.That(luma.Take(180 * 160).Max(), Is.LessThan(100), "nothing in the upper half");
        Assert.That(luma.Skip(180 * 160).Max(), Is.GreaterThan(700), "letters in the lower half");
    }

    [TestCase(false, TestName = "Pixels that are not square lie on their side in a picture that is turned")]
    [TestCase(true, TestName = "A picture that is turned and changes stays upright")]
    public async Task A_picture_of_other_pixels_that_is_turned_has_them_turned(bool changes)
    {
        var plain = await _bench.MakeAsync("plain.mp4", $"-f lavfi -i color=white:s=180x144:r=5:d=0.4,setsar=16/11 {Sound} {X264}");
        var source = await _bench.MakeAsync("turned.mp4", $"-i {plain} -c copy -metadata:s:v:0 rotate=90");

        var (_, outcome, dubbed) = await DubAsync(source, media => media with { PictureChanges = changes });

        Assert.That(await PictureAsync(dubbed), Is.EqualTo("h264 yuv420p 144x180"));
        Assert.That((await _bench.ProbeAsync(dubbed)).PictureRecords[PictureRecord.SampleAspect], Is.EqualTo("11:16"));
        Assert.That(outcome.LostRecords, Is.Empty);
        Assert.That((await LumaAsync(dubbed))[..144].Min(), Is.GreaterThan(700), "no bars above it");
    }

    [TestCase("a.mkv", X264)]
    [TestCase("a.mkv", "-c:v ffv1")]
    [TestCase("a.mp4", X264 + " -bf 0")]
    [TestCase("a.webm", "-c:v libvpx -deadline realtime")]
    public async Task Pictures_that_stand_unequally_long_stay_where_they_were(string name, string codec)
    {
        var sound = name.EndsWith("webm", StringComparison.Ordinal) ? "libopus" : "aac";
        var source = await _bench.MakeAsync(
            name,
            "-f lavfi -i testsrc2=s=64x48:r=1:d=6 -f lavfi -i sine=d=7 -vf settb=1/1000,setpts=N*1000+mod(N\\,3)*333 "
                + $"-fps_mode passthrough -enc_time_base 1:1000 {codec} -c:a {sound}");

        var burned = await BurnAsync(source);

        Assert.That(await TimesAsync(burned), Is.EqualTo(await TimesAsync(source)).Within(0.002));
    }

    [Test]
    public async Task What_stands_in_braces_is_seen()
    {
        var source = await _bench.MakeAsync("a.mp4", $"-f lavfi -i color=black:s=320x180:r=5:d=0.4 {Sound} {X264}");

        var burned = await BurnAsync(source, SubtitleText.ToBurnedSrt([new(0, 2, "{MMMM}")], "es"));

        Assert.That((await LumaAsync(burned)).Max(), Is.GreaterThan(800), "nothing white is in the picture");
    }

    [Test]
    public async Task Fields_and_the_shape_of_pixels_stay()
    {
        var source = await _bench.MakeAsync(
            "pal.ts",
            "-f lavfi -i testsrc2=s=720x576:r=25:d=0.4,setsar=16/15,setfield=tff -f lavfi -i sine=d=0.4 -c:v mpeg2video -flags "
                + "+ildct+ilme -c:a mp2");

        var (media, outcome, dubbed) = await DubAsync(source);

        Assert.That(media.PictureRecords, Contains.Key(PictureRecord.SampleAspect));
        Assert.That(outcome.LostRecords, Is.Empty);
        Assert.That((await _bench.ProbeAsync(dubbed)).PictureRecords[PictureRecord.FieldOrder], Is.EqualTo("tt"));
    }

    [Test]
    public async Task Dolby_Vision_over_HDR10_becomes_HDR10_and_says_so_while_one_without_a_base_takes_no_subtitles()
    {
        var plain = await _bench.MakeAsync(
            "plain.mp4", $"-f lavfi -i color=black:s=320x180:r=5:d=0.4 {Sound} {X265}=smpte2084 -tag:v hvc1");
        var bytes = await File.ReadAllBytesAsync(plain);
        await File.WriteAllBytesAsync(_bench.Path("based.mp4"), SampleEntry.With(bytes, "hvc1", SampleEntry.DolbyVision(8, 1)));
        await File.WriteAllBytesAsync(_bench.Path("alone.mp4"), SampleEntry.With(bytes, "hvc1", SampleEntry.DolbyVision(5, 0)));

        var (_, outcome, _) = await DubAsync(_bench.Path("based.mp4"));

        Assert.That(outcome.LostRecords, Is.EqualTo(new[] { PictureRecord.DolbyVision }));
        Assert.That(BurnPlan.Of(await _bench.ProbeAsync(_bench.Path("alone.mp4"))), Is.Empty);
    }

    [Test]
    public async Task Memory_that_does_not_do_for_the_best_way_does_for_the_lean_one()
    {
        var media = await _bench.ProbeAsync(await _bench.MakeAsync("a.mp4", $"-f lavfi -i color=black:s=64x48:r=5:d=0.4 {Sound} {X264}"));
        var plans = BurnPlan.Of(media);

        Assert.That(plans.Select(p => p.IsLean), Is.EqualTo(new[] { false, true }));
        Assert.That(BurnArguments.Of("a", media, plans[1], null, true, "b"), Does.Contain("ultrafast"));
    }

    private async Task<string> BurnAsync(string source, string srt = Srt)
    {
        var burned = await new SubtitleBurner(_bench.Tools).BurnAsync(source, await _bench.ProbeAsync(source), srt, _bench.Folder, default);
        return burned!.Value.Path;
    }

    // From the first one.
    private async Task<double[]> TimesAsync(string path)
    {
        var frames = await File.ReadAllLinesAsync(
            await _bench.MakeAsync("times.txt", $"-copyts -i {path} -map 0:v:0 -fps_mode passthrough -enc_time_base 1:1000 -f framecrc"));
        var times = frames.Where(f => !f.StartsWith('#')).Select(f => double.Parse(f.Split(',')[2], CultureInfo.InvariantCulture) / 1000);
        return [.. times.Select(t => t - times.First())];
    }

    private async Task<(SourceMedia Media, RenderOutcome Outcome, string Path)> DubAsync(
        string source, Func<SourceMedia, SourceMedia>? seen = null)
    {
        var media = await _bench.ProbeAsync(source);
        media = seen?.Invoke(media) ?? media;
        var burned = await new SubtitleBurner(_bench.Tools).BurnAsync(source, media, Srt, _bench.Folder, default);
        var job = Job(source, media) with { PicturePath = burned!.Value.Path, PictureCodec = burned.Value.Codec };
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

    private async Task<string> PictureAsync(string path)
    {
        var picture = (await _bench.InspectAsync(path)).GetProperty("streams")[0];
        return $"{picture.GetProperty("codec_name")} {picture.GetProperty("pix_fmt")} "
            + $"{picture.GetProperty("width")}x{picture.GetProperty("height")}";
    }

    private async Task<ushort[]> LumaAsync(string path)
    {
        var raw = await File.ReadAllBytesAsync(
            await _bench.MakeAsync("luma.raw", $"-noautorotate -i {path} -map 0:v:0 -frames:v 1 -pix_fmt yuv420p10le -f rawvideo"));
        return [.. Enumerable.Range(0, raw.Length / 3).Select(i => BitConverter.ToUInt16(raw, i * 2))];
    }
}
