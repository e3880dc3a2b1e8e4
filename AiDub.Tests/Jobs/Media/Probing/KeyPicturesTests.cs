using System.Buffers.Binary;
using AiDub.Jobs.Media.Probing;

namespace AiDub.Tests.Jobs.Media.Probing;

/// <summary>
/// Whether pictures that stand alone differ in what they say of themselves, from bytes as they arrive and from real files.
/// </summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class KeyPicturesTests : IDisposable
{
    private static readonly byte[] Small = [0x82, 0x49, 0x83, 0x42, 0x00, 0x09, 0xF0, 0x05, 0x96, 1, 2];
    private static readonly byte[] Large = [0x82, 0x49, 0x83, 0x42, 0x00, 0x13, 0xF0, 0x0E, 0xF6, 1];
    private readonly MediaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Test]
    public void However_the_bytes_are_cut_the_same_is_found()
    {
        byte[] same = File(Small, [.. Small, .. new byte[300]], []), different = File(Small, Small, Large);
        for (var size = 1; size <= same.Length; size++)
        {
            Assert.That(Differ(same, size), Is.False, $"{size}");
            Assert.That(Differ(different, size), Is.True, $"{size}");
        }
    }

    [TestCase("a.webm", "-c:v libvpx -deadline realtime -cpu-used 8", TestName = "VP8 in WebM")]
    [TestCase("a.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8", TestName = "VP9 in WebM")]
    [TestCase("a.mp4", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8", TestName = "VP9 in MP4")]
    [TestCase("a.mkv", "-c:v libaom-av1 -cpu-used 8 -usage realtime", TestName = "AV1 in Matroska")]
    public async Task A_picture_that_changes_its_size_as_a_recorded_window_does_is_known(string name, string how)
    {
        const string sound = "-f lavfi -i sine=d=1";
        await _bench.MakeAsync("one.webm", $"-f lavfi -i testsrc=s=160x90:d=0.4:r=10 {sound} -shortest {how} -c:a libopus");
        await _bench.MakeAsync("two.webm", $"-f lavfi -i testsrc=s=192x108:d=0.4:r=10 {sound} -shortest {how} -c:a libopus");
        await System.IO.File.WriteAllTextAsync(_bench.Path("list"), "file one.webm\nfile two.webm\n");
        await _bench.MakeAsync("changing-" + name, "-f concat -i list -c copy");
        await _bench.MakeAsync("steady-" + name, "-i one.webm -c copy");

        Assert.That((await _bench.ProbeAsync(_bench.Path("changing-" + name))).PictureChanges, Is.True);
        Assert.That((await _bench.ProbeAsync(_bench.Path("steady-" + name))).PictureChanges, Is.False);
    }

    private static bool Differ(byte[] file, int size)
    {
        var pictures = new KeyPictures("vp9");
        foreach (var part in file.Chunk(size))
            pictures.Take(part);
        return pictures.Differ;
    }

    private static byte[] File(params byte[][] frames) => [.. new byte[32], .. frames.SelectMany(Framed)];

    private static byte[] Framed(byte[] frame)
    {
        var head = new byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(head, frame.Length);
        return [.. head, .. frame];
    }
}
