using System.Buffers.Binary;
using AiDub.Domain.Errors;
using AiDub.Jobs.Media.Boxes;

namespace AiDub.Tests.Jobs.Media.Clock;

/// <summary>Recordings of which an edit list shows parts slower or faster than they were recorded, as slow motion is stored.</summary>
public sealed class ShownSpeedTests
{
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase("a.mp4", "-bf 0")]
    [TestCase("a.mov", "-bf 3")]
    public async Task What_follows_slow_motion_is_seen_and_heard_when_it_is_shown(string name, string how)
    {
        var source = await ClipAsync(name, how, (0, 2, 1), (2, 4, 0.5), (4, 2, 1));

        var media = await _bench.ProbeAsync(source);

        Assert.That(media.DurationSeconds, Is.EqualTo(8).Within(0.1));
        await FlashAndBeep.AssertAsync(source, [0.4, 4.0, 6.8], 0.09, frame: 0.05);
    }

    [Test]
    public async Task What_a_picture_that_stands_still_holds_up_is_seen_and_heard_after_it()
    {
        var source = await ClipAsync("a.mp4", "-bf 2", (0, 2, 1), (2, 1.5, 0), (2, 4, 1));

        var media = await _bench.ProbeAsync(source);

        Assert.That(media.DurationSeconds, Is.EqualTo(7.5).Within(0.1));
        await FlashAndBeep.AssertAsync(source, [0.4, 4.5, 6.3], 0.09, frame: 0.05);
    }

    [Test]
    public async Task Of_what_is_shown_faster_nothing_is_lost()
    {
        var source = await ClipAsync("a.mp4", "-bf 2", (0, 2, 1), (2, 1, 2), (4, 2, 1));

        await _bench.ProbeAsync(source);

        Assert.That(await FlashAndBeep.FlashesAsync(source), Is.EqualTo(new[] { 0.4, 2.5, 3.8 }).Within(0.09));
        Assert.That((await FlashAndBeep.BeepsAsync(source))[^1], Is.EqualTo(3.8).Within(0.09));
    }

    [TestCase(3, 4)]
    [TestCase(2, 0)]
    public async Task Slow_motion_from_which_something_was_cut_or_that_comes_again_is_told_of(double slow, double then)
    {
        var source = await ClipAsync("a.mp4", "-bf 0", (0, 2, 1), (slow, 2, 0.5), (then, 2, 1));

        Assert.That((await _bench.ProbeAsync(source)).IgnoresSpeeds, Is.True);
    }

    [Test]
    public async Task Slow_motion_that_lasts_longer_than_a_source_may_is_refused_before_it_is_laid()
    {
        var source = await ClipAsync("a.mp4", "-bf 0", (0, 1_000_000, 0.5));

        var error = Assert.ThrowsAsync<PermanentDubException>(() => _bench.ProbeAsync(source));

        Assert.That(error.Code.Value, Is.EqualTo("media_too_long"));
    }

    [TestCase(1, TestName = "A recording that is shown as it was recorded stays as it is")]
    [TestCase(0, TestName = "A recording whose writer left all rates out stays as it is")]
    [TestCase(65537 / 65536.0, TestName = "A recording whose rates are rounded stays as it is")]
    public async Task A_recording_that_is_shown_as_it_was_recorded_stays_as_it_is(double rate)
    {
        var source = await ClipAsync("a.mp4", "-bf 2", (0, 2, rate), (2, 4, rate));
        var before = await File.ReadAllBytesAsync(source);

        Assert.That((await _bench.ProbeAsync(source)).IgnoresSpeeds, Is.False);
        Assert.That(await File.ReadAllBytesAsync(source), Is.EqualTo(before));
    }

    [Test]
    public async Task Slow_motion_whose_tracks_bear_the_same_number_is_dubbed_as_it_was_recorded()
    {
        var source = await ClipAsync("a.mp4", "-bf 0", (0, 2, 1), (2, 4, 0.5));
        var bytes = await File.ReadAllBytesAsync(source);
        foreach (var head in Enumerable.Range(0, bytes.Length - 24).Where(i => bytes.AsSpan(i).StartsWith("tkhd"u8)))
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(head + 16), 1);
        await File.WriteAllBytesAsync(source, bytes);

        Assert.That((await _bench.ProbeAsync(source)).DurationSeconds, Is.EqualTo(6).Within(0.1));
    }

    // A clip of six seconds with flashes and beeps at 0.4, 3 and 4.8 s.
    private async Task<string> ClipAsync(string name, string how, params (double From, double Seconds, double Rate)[] parts)
    {
        double[] at = [0.4, 3, 4.8];
        var source = await _bench.MakeAsync(
            name, $"{FlashAndBeep.Picture(6, at)} {FlashAndBeep.Sound(6, at)} -c:v libx264 -preset veryfast -g 150 {how} -c:a aac");
        await EditedClip.EditAsync(source, [.. parts.Select(p => (p.From, p.Seconds))]);
        var bytes = await File.ReadAllBytesAsync(source);
        foreach (var list in Enumerable.Range(0, bytes.Length - 12).Where(i => bytes.AsSpan(i).StartsWith("elst"u8)))
        {
            foreach (var (i, part) in parts.Index())
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(list + 20 + (12 * i)), (int)(part.Rate * 65536));
        }
        await File.WriteAllBytesAsync(source, bytes);
        Assert.That((await BoxFile.IndexAsync(source, default))!.Value.IsLast, Is.True);
        return source;
    }
}
