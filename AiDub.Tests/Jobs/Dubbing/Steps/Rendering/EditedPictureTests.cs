using System.Globalization;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Steps.Rendering;
using AiDub.Jobs.Media.Boxes;
using AiDub.Jobs.Media.Rendering;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Jobs.Media;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Steps.Rendering;

/// <summary>Recordings that were cut without encoding them anew: what was cut away is still stored, an edit list leaves it out.</summary>
public sealed class EditedPictureTests
{
    private const double Joint = 0.08;
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

    [TestCase("a.mp4")]
    [TestCase("a.mov")]
    public async Task What_was_cut_out_of_the_middle_stays_out_and_what_follows_is_seen_when_it_is_heard(string name)
    {
        var source = await ClipAsync(name, 0.4, 2.4, 5.2);
        await EditedClip.EditAsync(source, (0, 1.2), (4.4, 1.6));

        var result = await DubAsync(source);

        Assert.That(_bench.Warned, Is.EqualTo(new[] { "picture_encoded" }));
        await FlashAndBeep.AssertAsync(result, [0.4, 2.0], frame: Joint);
    }

    [Test]
    public async Task A_recording_that_was_split_and_of_which_nothing_was_cut_out_is_copied()
    {
        var source = await ClipAsync("a.mp4", 0.4, 3.6);
        await EditedClip.EditAsync(source, (0, 2), (2, 3.5));

        var result = await DubAsync(source);

        Assert.That(_bench.Warned, Is.Empty);
        await FlashAndBeep.AssertAsync(result, [0.4, 3.6], frame: Joint);
    }

    [Test]
    public async Task A_picture_with_a_hole_between_two_parts_is_encoded_anew_in_one()
    {
        var source = await ClipAsync("a.mp4", 0.4, 3.6);
        await EditedClip.EditAsync(source, (0, 2), (-1, 1), (2, 3.5));

        var result = await DubAsync(source);

        Assert.That(_bench.Warned, Is.EqualTo(new[] { "picture_encoded" }));
        await FlashAndBeep.AssertAsync(result, [0.4, 4.6], frame: Joint);
        Assert.That(await _media.DurationAsync(result), Is.EqualTo(6.5).Within(0.25));
    }

    [TestCase("a.mp4", 0.0)]
    [TestCase("a.mov", 6.0)]
    public async Task A_part_of_no_length_goes_on_to_the_end(string name, double stated)
    {
        var source = await ClipAsync(name, 0.4, 3.6);
        await EditedClip.EditAsync(source, stated, (0.2, 0));

        var result = await DubAsync(source);

        Assert.That(_bench.Warned, Is.Empty);
        await FlashAndBeep.AssertAsync(result, [0.2, 3.4], frame: Joint);
        Assert.That(await _media.DurationAsync(result), Is.EqualTo(5.8).Within(0.25));
    }

    [Test]
    public async Task A_list_that_begins_behind_the_end_of_all_there_is_is_not_believed()
    {
        var source = await ClipAsync("a.mp4", 0.4, 3.6);
        await EditedClip.EditAsync(source, (100, 6));

        var result = await DubAsync(source);

        Assert.That(_bench.Warned, Is.Empty);
        await FlashAndBeep.AssertAsync(result, [0.4, 3.6], frame: Joint);
    }

    [TestCase(2, TestName = "A part of no length behind one that has some adds nothing")]
    [TestCase(1, TestName = "What stands behind the last part is none")]
    public async Task What_shows_nothing_more_stays_as_it_is(byte parts)
    {
        var source = await ClipAsync("a.mp4", 0.4, 3.6);
        await EditedClip.EditAsync(source, (0, 2), (0, 0));
        var before = await File.ReadAllBytesAsync(source);
        foreach (var at in Enumerable.Range(0, before.Length - 12).Where(at => before.AsSpan(at).StartsWith("elst"u8)))
            before[at + 11] = parts;
        await File.WriteAllBytesAsync(source, before);

        await EditRepair.MendAsync(source, default);

        Assert.That(await File.ReadAllBytesAsync(source), Is.EqualTo(before));
    }

    [Test]
    public async Task In_a_hole_no_picture_is_shown_that_is_decoded_before_it_and_shown_after_others()
    {
        var source = await _media.MakeAsync(
            "a.mp4", $"{FlashAndBeep.Picture(6, 0.4)} {FlashAndBeep.Sound(6, 0.4)} -c:v libx264 -preset veryfast -bf 3 -g 150 -c:a aac");
        await EditedClip.EditAsync(source, (0, 2), (-1, 1), (2, 3.5));

        await EditRepair.MendAsync(source, default);

        var shown = await Tool.RunAsync(
            "ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "frame=pts_time", "-of", "csv=p=0", source);
        var times = shown.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => double.Parse(line.Trim(','), CultureInfo.InvariantCulture)).ToList();
        Assert.That(times, Has.Some.GreaterThan(3).And.None.InRange(2.06, 2.94));
    }

    [Test]
    public async Task A_head_that_says_more_than_its_tracks_last_is_not_believed()
    {
        var source = await ClipAsync("a.mp4", 0.4, 3.6);
        await EditedClip.EditAsync(source, 9, (0, 4));

        var media = await _media.ProbeAsync(source);

        Assert.That((media.DurationSeconds, media.CutShort), Is.EqualTo((4.0, (object?)null)));
    }

    [Test]
    public async Task An_end_that_was_cut_off_does_not_come_back()
    {
        var source = await ClipAsync("a.mp4", 0.8, 3.6);
        await EditedClip.EditAsync(source, (0.4, 2.4));

        var result = await DubAsync(source);

        Assert.That(_bench.Warned, Is.Empty);
        await FlashAndBeep.AssertAsync(result, [0.4], frame: Joint);
        Assert.That(await _media.DurationAsync(result), Is.EqualTo(2.4).Within(0.25));
    }

    [Test]
    public async Task A_picture_of_which_all_is_shown_is_copied_to_its_end()
    {
        var source = await ClipAsync("a.mp4", 0.4, 5.6);
        var packets = await _media.PacketsAsync(source, "v:0");

        var result = await DubAsync(source);

        Assert.That(await _media.PacketsAsync(result, "v:0"), Is.EqualTo(packets));
    }

    // Of one group of pictures, so that no part but the first begins with one that stands alone.
    private Task<string> ClipAsync(string name, params double[] at) => _media.MakeAsync(
        name, $"{FlashAndBeep.Picture(6, at)} {FlashAndBeep.Sound(6, at)} -c:v libx264 -preset ultrafast -bf 2 -g 150 -c:a aac");

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
            OutputPath = _media.Path("dubbed.mp4"),
            Scratch = _media.Folder,
        };
        var fallback = new RenderFallback(_media.Renderer, new SubtitleBurner(_media.Tools), NullLogger<RenderFallback>.Instance);
        return (await fallback.RenderAsync(_bench.Context, job, new NoProgress(), default)).Job.OutputPath;
    }
}
