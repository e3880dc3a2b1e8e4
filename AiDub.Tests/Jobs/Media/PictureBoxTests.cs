using System.Text;
using AiDub.Domain.Media;
using AiDub.Jobs.Media.Boxes;
using AiDub.Jobs.Media.Rendering;

namespace AiDub.Tests.Jobs.Media;

/// <summary>What ffmpeg's muxers leave out of a picture's sample entry is put back.</summary>
public sealed class PictureBoxTests
{
    private const string Clip =
        "-f lavfi -i testsrc2=s=64x48:r=25:d=1 -f lavfi -i sine=d=1 -c:a aac -c:v libx265 -preset ultrafast -x265-params "
            + "log-level=error -tag:v hvc1";
    private static readonly byte[] Spatial = SampleEntry.Box("vexu", SampleEntry.Box("eyes", SampleEntry.Box("stri", [0, 0, 0, 0, 3])));
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task Of_a_file_of_nothing_but_boxes_so_many_are_looked_at_and_no_more()
    {
        byte[] box = [0, 0, 0, 8, (byte)'f', (byte)'r', (byte)'e', (byte)'e'];
        var file = new byte[(BoxFile.MostBoxes + 10) * box.Length];
        for (var at = 0; at < file.Length; at += box.Length)
            box.CopyTo(file, at);

        Assert.That(await BoxFile.TopAsync(new MemoryStream(file), default), Has.Count.EqualTo(BoxFile.MostBoxes));
    }

    [TestCase("a.mov", "hvc1")]
    [TestCase("a.mp4", "hvc1")]
    public async Task Dolby_Vision_and_spatial_video_of_a_phone_stay_in_its_container_and_every_frame_is_where_it_was(string name,
        string entry)
    {
        var source = await SourceAsync(name, entry, [.. SampleEntry.DolbyVision(8, 4), .. Spatial, .. SampleEntry.Spherical]);
        var media = await _bench.ProbeAsync(source);

        var outcome = await RenderAsync(source, media, media.Container);

        Assert.That(
            media.PictureRecords.Keys, Is.SupersetOf(new[] { PictureRecord.DolbyVision, "spatial_video", PictureRecord.Spherical }));
        Assert.That(outcome.LostRecords, Is.Empty);
        var dubbed = await _bench.ProbeAsync(Output(media.Container));
        Assert.That(dubbed.PictureRecords, Is.EqualTo(media.PictureRecords));
        Assert.That(dubbed.PictureBoxes.Select(b => Encoding.Latin1.GetString(b, 4, 4)), Is.EquivalentTo(new[] { "dvvC", "vexu", "sv3d" }));
        Assert.That(await FramesAsync(Output(media.Container)), Is.EqualTo(await FramesAsync(source)));
    }

    [Test]
    public async Task What_Matroska_cannot_say_is_named()
    {
        var source = await SourceAsync("a.mp4", "hvc1", [.. SampleEntry.DolbyVision(8, 4), .. Spatial]);

        var outcome = await RenderAsync(source, await _bench.ProbeAsync(source), Container.Mkv);

        Assert.That(outcome.LostRecords, Is.EqualTo(new[] { "spatial_video" }));
    }

    [Test]
    public async Task Dolby_Vision_without_a_base_is_called_so()
    {
        var source = await SourceAsync("a.mp4", "hvc1", SampleEntry.DolbyVision(5, 0));

        var outcome = await RenderAsync(source, await _bench.ProbeAsync(source), Container.Mp4);

        Assert.That(outcome.LostRecords, Is.Empty);
        var picture = (await _bench.InspectAsync(Output(Container.Mp4))).GetProperty("streams")[0];
        Assert.That(picture.GetProperty("codec_tag_string").GetString(), Is.EqualTo("dvh1"));
        Assert.That(picture.GetProperty("codec_name").GetString(), Is.EqualTo("hevc"));
    }

    [Test]
    public async Task The_title_of_a_picture_in_MP4_stays()
    {
        var source = await _bench.MakeAsync("a.mp4", $"{Clip} -metadata:s:v:0 title=Película");

        var outcome = await RenderAsync(source, await _bench.ProbeAsync(source), Container.Mp4);

        Assert.That(outcome.LostRecords, Is.Empty);
        Assert.That((await _bench.ProbeAsync(Output(Container.Mp4))).PictureRecords[PictureRecord.Title], Is.EqualTo("Película"));
    }

    [Test]
    public void No_index_makes_the_reader_stumble()
    {
        byte[] entry = SampleEntry.Box("hvc1", new byte[78], SampleEntry.DolbyVision(8, 4));
        var table = SampleEntry.Box(
            "stbl", SampleEntry.Box("stsd", new byte[8], entry), SampleEntry.Box("stco", new byte[4], [0, 0, 0, 1], [0, 0, 1, 0]));
        var media = SampleEntry.Box(
            "mdia", SampleEntry.Box("hdlr", new byte[8], "vide"u8.ToArray(), new byte[12]), SampleEntry.Box("minf", table));
        var moov = SampleEntry.Box(
            "moov", SampleEntry.Box("trak", SampleEntry.Box("tkhd", new byte[12], [0, 0, 0, 7], new byte[60]), media));
        Assert.That(PictureEntry.Find(moov, 7)!.Boxes.Single().Name, Is.EqualTo("dvvC"));
        Assert.That(PictureEntry.Find(moov, 8), Is.Null);
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = moov.ToArray();
            for (var n = random.Next(1, 6); n > 0; n--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Assert.That(
                () => (PictureEntry.Find(damaged, 7) ?? PictureEntry.Find(damaged))?.With(damaged, Spatial, true),
                Throws.Nothing,
                Convert.ToHexString(damaged));
        }
    }

    [TestCase(1, 1, 2, true, TestName = "Joined recordings that say different things")]
    [TestCase(1, 1, 1, false, TestName = "A description that nothing uses")]
    [TestCase(0, 1, 2, false, TestName = "Descriptions that say the same")]
    [TestCase(1, null, null, true, TestName = "Descriptions of fragments")]
    public void Descriptions_of_one_picture_are_told_apart(int other, int? first, int? second, bool changes)
    {
        byte[] Entry(byte level) => SampleEntry.Box("avc1", new byte[78], SampleEntry.Box("avcC", [level]));
        byte[] Chunks(int? description) => description is { } number ? [0, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0, (byte)number] : [];
        var table = SampleEntry.Box(
            "stbl",
            SampleEntry.Box("stsd", new byte[7], [2], Entry(0), Entry((byte)other)),
            SampleEntry.Box("stsc", new byte[8], Chunks(first), Chunks(second)));
        var media = SampleEntry.Box(
            "mdia", SampleEntry.Box("hdlr", new byte[8], "vide"u8.ToArray(), new byte[12]), SampleEntry.Box("minf", table));

        Assert.That(
            PictureEntry.Find(SampleEntry.Box("moov", SampleEntry.Box("trak", media)))!.IsOneOfSeveral, Is.EqualTo(changes));
    }

    private async Task<string> SourceAsync(string name, string entry, byte[] boxes)
    {
        var plain = await _bench.MakeAsync("plain-" + name, Clip);
        await File.WriteAllBytesAsync(_bench.Path(name), SampleEntry.With(await File.ReadAllBytesAsync(plain), entry, boxes));
        return _bench.Path(name);
    }

    private string Output(Container container) => _bench.Path("dubbed" + container.Extension());

    private async Task<string> FramesAsync(string path) =>
        await File.ReadAllTextAsync(await _bench.MakeAsync("frames.txt", $"-i {path} -map 0:v:0 -f framemd5"));

    private Task<RenderOutcome> RenderAsync(string source, SourceMedia media, Container container)
    {
        var job = new RenderJob
        {
            SourcePath = source,
            Media = media with { Container = container },
            Speech = [],
            OriginalSpeech = [],
            Language = "es",
            OutputPath = Output(container),
            Scratch = _bench.Folder,
        };
        return _bench.Renderer.RenderAsync(job, new NoProgress(), default);
    }
}
