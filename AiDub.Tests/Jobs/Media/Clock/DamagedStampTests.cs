namespace AiDub.Tests.Jobs.Media.Clock;

/// <summary>Transport streams of which a stamp was damaged on the way: one costs nothing but itself.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DamagedStampTests : IDisposable
{
    private const int PacketBytes = 188;
    private const int Picture = 256;
    private const int Sound = 257;
    private const double Length = 6;
    private static readonly double[] At = [1.2, 4.4];
    private readonly MediaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [TestCase(Picture, 50, 1.5, 1.5, TestName = "A picture a second and a half ahead")]
    [TestCase(Picture, 50, 7000, 7000, TestName = "A picture two hours ahead")]
    [TestCase(Picture, 50, -1.2, -1.2, TestName = "A picture behind")]
    [TestCase(Picture, 50, 7000, 0, TestName = "A picture that is decoded in time and shown two hours later")]
    [TestCase(Sound, 7, 4, 4, TestName = "Sound four seconds ahead")]
    [TestCase(Sound, 7, 7000, 7000, TestName = "Sound two hours ahead")]
    [TestCase(Sound, 7, -1.2, -1.2, TestName = "Sound behind")]
    public async Task Picture_and_sound_stay_together_for_as_long_as_they_last(int stream, int number, double shown, double decoded)
    {
        var source = await _bench.MakeAsync(
            "a.ts",
            $"{FlashAndBeep.Picture(Length, At)} {FlashAndBeep.Sound(Length, At)} "
                + "-c:v libx264 -preset ultrafast -bf 2 -g 25 -c:a mp2 -b:a 128k");
        Damage(source, stream, number, shown, decoded);

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, source);

        Assert.That(media.DurationSeconds, Is.EqualTo(Length).Within(0.3));
        Assert.That(await _bench.DurationAsync(dubbed), Is.EqualTo(Length).Within(0.3));
        Assert.That(media.ClockRepairs, Is.Empty);
        await FlashAndBeep.AssertAsync(dubbed, At, 0.15);
    }

    // The stamps of the header with which a picture, or some sound, begins (ISO/IEC 13818-1, 2.4.3.6).
    private static void Damage(string path, int stream, int number, double shown, double decoded)
    {
        var bytes = File.ReadAllBytes(path);
        for (var at = 0; at + PacketBytes <= bytes.Length; at += PacketBytes)
        {
            var packet = bytes.AsSpan(at, PacketBytes);
            var begins = (packet[1] & 0x40) != 0 && (((packet[1] & 0x1f) << 8) | packet[2]) == stream;
            if (!begins || number-- > 0)
                continue;
            var header = packet[(4 + ((packet[3] & 0x20) != 0 ? 1 + packet[4] : 0))..];
            Move(header[9..], shown);
            if ((header[7] & 0x40) != 0)
                Move(header[14..], decoded);
            break;
        }
        File.WriteAllBytes(path, bytes);
    }

    private static void Move(Span<byte> stamp, double seconds)
    {
        var ticks = ((long)(stamp[0] & 0x0e) << 29) | ((long)stamp[1] << 22) | ((long)(stamp[2] & 0xfe) << 14)
            | ((long)stamp[3] << 7) | ((long)stamp[4] >> 1);
        ticks += (long)(seconds * 90000);
        stamp[0] = (byte)((stamp[0] & 0xf1) | (int)((ticks >> 29) & 0x0e));
        stamp[1] = (byte)(ticks >> 22);
        stamp[2] = (byte)(((ticks >> 14) & 0xfe) | 1);
        stamp[3] = (byte)(ticks >> 7);
        stamp[4] = (byte)(((ticks << 1) & 0xfe) | 1);
    }
}
