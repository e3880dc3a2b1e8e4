using AiDub.Jobs.Media.Probing;

namespace AiDub.Tests.Jobs.Media.Probing;

/// <summary>Whether H.264 and HEVC change their size in containers that state it once: of real files, and wherever it stands.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ParameterSetsTests : IDisposable
{
    private const string H264 = "-c:v libx264 -preset ultrafast";
    private const string Hevc = "-c:v libx265 -preset ultrafast -x265-params log-level=none:repeat-headers=1";
    private static readonly byte[] Small = [0, 0, 0, 8, 0x67, 100, 0, 11, 1, 2, 3, 4];
    private static readonly byte[] Large = [0, 0, 0, 8, 0x67, 100, 0, 11, 1, 2, 3, 5];
    private readonly MediaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [TestCase("a.mp4", H264, TestName = "H.264 in MP4")]
    [TestCase("a.mov", H264, TestName = "H.264 in QuickTime")]
    [TestCase("a.mkv", H264, TestName = "H.264 in Matroska")]
    [TestCase("a.mp4", Hevc, TestName = "HEVC in MP4")]
    [TestCase("a.mkv", Hevc, TestName = "HEVC in Matroska")]
    public async Task A_picture_that_changes_its_size_as_one_of_joined_recordings_does_is_known(string name, string how)
    {
        const string sound = "-f lavfi -i sine=d=1";
        await _bench.MakeAsync("one.mp4", $"-f lavfi -i testsrc=s=160x90:d=1:r=10 {sound} -shortest {how} -c:a aac");
        await _bench.MakeAsync("two.mp4", $"-f lavfi -i testsrc=s=90x160:d=1:r=10 {sound} -shortest {how} -c:a aac");
        await File.WriteAllTextAsync(_bench.Path("list"), "file one.mp4\nfile two.mp4\n");
        await File.WriteAllTextAsync(_bench.Path("same"), "file one.mp4\nfile one.mp4\n");
        await _bench.MakeAsync("changing-" + name, "-f concat -i list -c copy");
        await _bench.MakeAsync("steady-" + name, "-f concat -i same -c copy");

        Assert.That((await _bench.ProbeAsync(_bench.Path("changing-" + name))).PictureChanges, Is.True);
        Assert.That((await _bench.ProbeAsync(_bench.Path("steady-" + name))).PictureChanges, Is.False);
    }

    [Test]
    public async Task Wherever_in_a_file_two_differ_it_is_seen([Range((1 << 20) - 14, (1 << 20) + 2)] int at)
    {
        Assert.That(await DifferAsync([.. Small, .. new byte[at], .. Large, 9]), Is.True);
        Assert.That(await DifferAsync([.. Small, .. new byte[at], .. Small, 9]), Is.False);
    }

    [TestCase(0)]
    [TestCase(4)]
    [TestCase(1 << 20)]
    [TestCase(3 << 20)]
    public async Task A_file_that_ends_with_zeros_as_QuickTime_lets_it_is_looked_through_to_its_end(int zeros)
    {
        Assert.That(await DifferAsync([.. Small, .. Large, .. new byte[zeros]]), Is.True);
        Assert.That(await DifferAsync([.. Small, .. Small, .. new byte[zeros]]), Is.False);
        Assert.That(await DifferAsync([.. Small, .. new byte[zeros], .. Large, .. new byte[zeros]]), Is.True);
    }

    private async Task<bool> DifferAsync(byte[] bytes)
    {
        await File.WriteAllBytesAsync(_bench.Path("a.mp4"), bytes);
        return await ParameterSets.DifferAsync(_bench.Path("a.mp4"), "h264", default);
    }
}
