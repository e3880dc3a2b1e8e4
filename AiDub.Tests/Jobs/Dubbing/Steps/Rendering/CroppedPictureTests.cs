using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Steps.Rendering;
using AiDub.Jobs.Media.Rendering;
using AiDub.Tests.Jobs.Media;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Steps.Rendering;

/// <summary>Of a Matroska picture whose edges are not to be shown, the result shows none of them.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CroppedPictureTests
{
    // What ffmpeg writes of colours takes the room in which the edges are said.
    private const string Colours = "-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv";

    // A grey picture whose edges are white.
    private const string Clip =
        "-f lavfi -i color=white:s=160x120:r=25:d=1,drawbox=x=16:y=20:w=136:h=80:c=gray:t=fill -f lavfi -i sine=d=1 "
            + $"-c:v libx264 -preset ultrafast -c:a aac {Colours}";

    private readonly StepBench _bench = new();
    private readonly MediaBench _media = new();

    [TearDown]
    public void Close()
    {
        _bench.Dispose();
        _media.Dispose();
    }

    [Test]
    public async Task Edges_that_a_player_hides_are_not_in_the_result_and_what_it_shows_keeps_its_shape()
    {
        var source = await _media.MakeAsync("a.mkv", $"{Clip} -aspect 136:80");
        await CropAsync(source, left: 16, top: 20, right: 8, bottom: 20);

        var result = await DubAsync(source);

        var picture = (await _media.InspectAsync(result)).GetProperty("streams")[0];
        Assert.That(
            (picture.GetProperty("width").GetInt32(), picture.GetProperty("height").GetInt32(),
                picture.GetProperty("sample_aspect_ratio").GetString()),
            Is.EqualTo((136, 80, "1:1")));
        Assert.That(await FrameAsync(result), Has.All.LessThan(160), "no white is left");
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "picture_encoded" }));
    }

    [TestCase(Colours)]
    [TestCase($"{Colours} -vf setfield=tff -flags +ilme+ildct")]
    public async Task Of_edges_of_an_odd_number_of_lines_nothing_is_seen_either(string encoded)
    {
        var source = await _media.MakeAsync("a.mkv", $"{Clip} {encoded}");
        await CropAsync(source, left: 15, top: 19, right: 7, bottom: 19);

        var result = await DubAsync(source);

        var frame = await FrameAsync(result);
        Assert.That(frame, Has.Length.EqualTo(136 * 80).And.All.LessThan(160), "no white is left");
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "picture_encoded" }));
    }

    [TestCase(0, 0, 0, 0, TestName = "Edges of nothing")]
    [TestCase(100, 0, 100, 0, TestName = "Edges that leave nothing")]
    public async Task A_picture_of_which_all_is_shown_is_copied(byte left, byte top, byte right, byte bottom)
    {
        var source = await _media.MakeAsync("a.mkv", Clip);
        await CropAsync(source, left, top, right, bottom);

        var media = await _media.ProbeAsync(source);

        Assert.That((media.PictureChanges, media.Video!.Width), Is.EqualTo((false, 160)));
        Assert.That(media.PictureRecords, Does.Not.ContainKey(PictureRecord.ShownPart));
    }

    [Test]
    public async Task Edges_that_ffmpeg_has_left_out_by_itself_are_not_cut_off_twice()
    {
        var source = await _media.MakeAsync("a.mkv", $"{Clip} -vf crop=136:80:16:20");
        var media = await _media.ProbeAsync(source);
        media = media with
        {
            PictureChanges = true,
            PictureRecords = new Dictionary<string, string>(media.PictureRecords) { [PictureRecord.ShownPart] = "136:80:16:20" },
        };

        var made = await new SubtitleBurner(_media.Tools).BurnAsync(source, media, srt: null, _media.Folder, default);

        Assert.That(made, Is.Not.Null);
        Assert.That(await FrameAsync(made.Value.Path), Has.Length.EqualTo(136 * 80).And.All.LessThan(160));
    }

    private async Task<byte[]> FrameAsync(string result) => await File.ReadAllBytesAsync(
        await _media.MakeAsync("frame.raw", $"-i {result} -frames:v 1 -pix_fmt gray -f rawvideo"));

    // Each an element of one byte, and one that fills what is left.
    private static async Task CropAsync(string path, byte left, byte top, byte right, byte bottom)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        var at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x55, 0xB0]);
        var room = 3 + (bytes[at + 2] & 0x7F);
        byte[] edges =
        [
            0x54, 0xCC, 0x81, left, 0x54, 0xBB, 0x81, top, 0x54, 0xDD, 0x81, right, 0x54, 0xAA, 0x81, bottom,
            0xEC, (byte)(0x80 | (room - 18)),
        ];
        Assert.That(room, Is.GreaterThanOrEqualTo(edges.Length));
        edges.CopyTo(bytes, at);
        await File.WriteAllBytesAsync(path, bytes);
    }

    private async Task<string> DubAsync(string source)
    {
        _bench.Context.BeginStep(new NoProgress());
        var job = new RenderJob
        {
            SourcePath = source,
            Media = await _media.ProbeAsync(source),
            Speech = [],
            OriginalSpeech = [new AudioSpan(0, 0.1)],
            Language = "es",
            OutputPath = _media.Path("dubbed.mkv"),
            Scratch = _media.Folder,
        };
        var fallback = new RenderFallback(_media.Renderer, new SubtitleBurner(_media.Tools), NullLogger<RenderFallback>.Instance);
        var (rendered, outcome) = await fallback.RenderAsync(_bench.Context, job, new NoProgress(), default);
        Assert.That(outcome.LostRecords, Is.Empty);
        return rendered.OutputPath;
    }
}
