using System.Globalization;
using AiDub.Domain.Media;
using AiDub.Jobs.Media.Rendering;

namespace AiDub.Tests.Jobs.Media;

/// <summary>Chapters and subtitles that lie behind the end of picture and sound do not make a result longer.</summary>
public sealed class OutlastedTests
{
    private const string Clip = "-f lavfi -i testsrc2=s=64x48:r=25:d=3 -f lavfi -i sine=d=3";
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase("a.mp4", 40)]
    [TestCase("a.mp4", 400)]
    [TestCase("a.mkv", 400)]
    public async Task Of_a_recording_that_was_cut_after_its_chapters_were_written_they_end_with_it(string name, int last)
    {
        await File.WriteAllLinesAsync(
            _bench.Path("chapters"), [";FFMETADATA1", .. Chapter(0, 1000), .. Chapter(1000, 20_000), .. Chapter(20_000, last * 1000)]);
        var source = await _bench.MakeAsync(
            name, $"{Clip} -f ffmetadata -i chapters -map 0 -map 1 -map_chapters 2 -c:v libx264 -preset ultrafast -c:a aac");
        var media = await _bench.ProbeAsync(source);
        var dubbed = await DubAsync(source, media);

        var result = await _bench.InspectAsync(dubbed);
        var ends = result.GetProperty("chapters").EnumerateArray()
            .Select(c => double.Parse(c.GetProperty("end_time").GetString()!, CultureInfo.InvariantCulture)).ToList();
        Assert.That(media.DurationSeconds, Is.EqualTo(3).Within(0.1));
        Assert.That(await _bench.DurationAsync(dubbed), Is.EqualTo(3).Within(0.1));
        Assert.That(ends, Is.EqualTo(new[] { 1.0, 3.0 }).Within(0.1));
    }

    [Test]
    public async Task Of_a_recording_that_broke_off_they_end_with_what_is_there()
    {
        await File.WriteAllLinesAsync(_bench.Path("chapters"), [";FFMETADATA1", .. Chapter(0, 1000), .. Chapter(1000, 9000)]);
        var source = await _bench.MakeAsync(
            "a.mp4",
            $"{Clip.Replace("=3", "=10", StringComparison.Ordinal)} -f ffmetadata -i chapters -map 0 -map 1 -map_chapters 2 "
                + "-c:v libx264 -preset ultrafast -c:a aac -movflags faststart");
        await using (var file = File.OpenWrite(source))
            file.SetLength(file.Length / 2);
        var media = await _bench.ProbeAsync(source);

        var dubbed = await DubAsync(source, media);

        Assert.That(media.CutShort, Is.Not.Null);
        Assert.That(await _bench.DurationAsync(dubbed), Is.EqualTo(media.DurationSeconds).Within(0.1));
    }

    [TestCase(4_294_967_295, 2_000, TestName = "A subtitle whose end nobody knew is shown until the next one")]
    [TestCase(500, 4_294_967_295, TestName = "A subtitle that begins after weeks is left out")]
    public async Task Subtitles_far_behind_the_end_do_not_count(long shown, long second)
    {
        await File.WriteAllTextAsync(
            _bench.Path("a.srt"), "1\n00:00:00,500 --> 00:00:01,000\nA\n\n2\n00:00:02,000 --> 00:00:02,500\nB\n");
        var filter = $"setts=ts='if(N,{second},TS)':duration={shown}";
        var source = await _bench.MakeAsync(
            "a.mkv", $"{Clip} -i a.srt -map 0 -map 1 -map 2 -c:v libx264 -preset ultrafast -c:a aac -c:s copy -bsf:s {filter}");
        Assert.That(await _bench.DurationAsync(source), Is.GreaterThan(1e6), "what the head says");

        var media = await _bench.ProbeAsync(source);
        var dubbed = await DubAsync(source, media);

        Assert.That(media.DurationSeconds, Is.EqualTo(3).Within(0.1));
        Assert.That(await _bench.DurationAsync(dubbed), Is.EqualTo(3).Within(0.1));
        Assert.That(await _bench.PacketsAsync(dubbed, "s:0"), Is.Not.Empty);
    }

    private async Task<string> DubAsync(string source, SourceMedia media)
    {
        var job = new RenderJob
        {
            SourcePath = source,
            Media = media,
            Speech = [],
            OriginalSpeech = [],
            Language = "es",
            OutputPath = _bench.Path("dubbed" + Path.GetExtension(source)),
            Scratch = _bench.Folder,
        };
        await _bench.Renderer.RenderAsync(job, new NoProgress(), default);
        return job.OutputPath;
    }

    private static string[] Chapter(int from, int to) => ["[CHAPTER]", "TIMEBASE=1/1000", $"START={from}", $"END={to}", "title=A"];
}
