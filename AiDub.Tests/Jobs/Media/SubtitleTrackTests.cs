using AiDub.Domain.Subtitles;
using AiDub.Jobs.Media.Rendering;

namespace AiDub.Tests.Jobs.Media;

/// <summary>A result's track of subtitles shows what is said, whatever stands in it.</summary>
public sealed class SubtitleTrackTests
{
    private const string Line = "a < b && c > d, <v Bob> & <b>bold</b>";

    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase("a.mp4", "-c:v libx264 -preset ultrafast -c:a aac")]
    [TestCase("a.mkv", "-c:v libx264 -preset ultrafast -c:a aac")]
    [TestCase("a.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -c:a libopus")]
    public async Task Signs_that_are_tags_elsewhere_are_shown(string name, string arguments)
    {
        var source = await _bench.MakeAsync(name, $"-f lavfi -i testsrc2=s=64x48:r=25:d=3 -f lavfi -i sine=d=3 {arguments}");
        Cue[] cues = [new(0.5, 2, Line), new(2.2, 2.8, "The end.")];
        var isWebm = name.EndsWith(".webm", StringComparison.Ordinal);
        var texts = _bench.Path(isWebm ? "texts.vtt" : "texts.srt");
        await File.WriteAllTextAsync(texts, isWebm ? SubtitleText.ToVtt(cues, "es") : SubtitleText.ToSrt(cues, "es"));
        var job = new RenderJob
        {
            SourcePath = source,
            Media = await _bench.ProbeAsync(source),
            Speech = [],
            OriginalSpeech = [],
            SubtitlesPath = texts,
            Language = "es",
            OutputPath = _bench.Path($"dubbed{Path.GetExtension(name)}"),
            Scratch = _bench.Folder,
        };

        await _bench.Renderer.RenderAsync(job, new NoProgress(), default);

        // ffmpeg's reader of each kind takes tags out, as players do, and its writer of plain text writes what is left.
        var shown = await File.ReadAllTextAsync(await _bench.MakeAsync("shown.ass", $"-i {job.OutputPath} -map 0:s:0 -c:s ass"));
        Assert.That(shown.Replace("\u2060", ""), Does.Contain(",," + Line).And.Contain(",,The end."));
        var track = (await _bench.InspectAsync(job.OutputPath)).GetProperty("streams").EnumerateArray().Last();
        Assert.That(track.GetProperty("tags").GetProperty("language").GetString(), Is.EqualTo("spa"));
    }
}
