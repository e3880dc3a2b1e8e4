using System.Buffers.Binary;

namespace AiDub.Tests.Jobs.Media;

/// <summary>Recordings of which an edit list shows parts slower or faster than they were recorded, as slow motion is stored.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ShownSpeedTests
{
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase(0.5)]
    [TestCase(2)]
    [TestCase(0)]
    public async Task Slow_motion_time_lapse_and_stills_are_told_of(double rate)
    {
        var source = await ClipAsync((0, 2, 1), (2, 2, rate), (4, 2, 1));

        Assert.That((await _bench.ProbeAsync(source)).IgnoresSpeeds, Is.True);
    }

    [TestCase(1, TestName = "Nothing is told of what is shown as it was recorded")]
    [TestCase(65537 / 65536.0, TestName = "Nothing is told of rates that are rounded")]
    [TestCase(0, TestName = "Nothing is told where the writer left all rates out")]
    public async Task Nothing_is_told_of_one_speed(double rate)
    {
        var source = await ClipAsync((0, 2, rate), (2, 4, rate));

        Assert.That((await _bench.ProbeAsync(source)).IgnoresSpeeds, Is.False);
    }

    [Test]
    public async Task Nothing_is_told_of_a_gap_that_was_written_with_a_rate_of_its_own()
    {
        var source = await ClipAsync((0, 2, 1), (-1, 1, 0), (2, 4, 1));

        Assert.That((await _bench.ProbeAsync(source)).IgnoresSpeeds, Is.False);
    }

    private async Task<string> ClipAsync(params (double From, double Seconds, double Rate)[] parts)
    {
        var source = await _bench.MakeAsync(
            "a.mp4", $"{FlashAndBeep.Picture(6, 1)} {FlashAndBeep.Sound(6, 1)} -c:v libx264 -preset veryfast -c:a aac");
        await EditedClip.EditAsync(source, [.. parts.Select(p => (p.From, p.Seconds))]);
        var bytes = await File.ReadAllBytesAsync(source);
        foreach (var list in Enumerable.Range(0, bytes.Length - 12).Where(i => bytes.AsSpan(i).StartsWith("elst"u8)))
        {
            foreach (var (i, part) in parts.Index())
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(list + 20 + (12 * i)), (int)(part.Rate * 65536));
        }
        await File.WriteAllBytesAsync(source, bytes);
        return source;
    }
}
