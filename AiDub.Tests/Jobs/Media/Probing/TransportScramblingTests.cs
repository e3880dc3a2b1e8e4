using AiDub.Domain.Errors;

namespace AiDub.Tests.Jobs.Media.Probing;

public sealed class TransportScramblingTests
{
    [Test]
    public async Task A_broadcast_that_was_recorded_scrambled_is_refused_as_encrypted_and_not_as_damaged()
    {
        using var bench = new MediaBench();
        var path = await bench.MakeAsync(
            "a.ts", "-f lavfi -i testsrc2=s=64x48:r=25:d=3 -f lavfi -i sine=d=3 -c:v libx264 -preset ultrafast -c:a aac");
        var bytes = await File.ReadAllBytesAsync(path);
        Scramble(bytes);
        await File.WriteAllBytesAsync(path, bytes);

        var refusal = Assert.ThrowsAsync<PermanentDubException>(() => bench.ProbeAsync(path))!;

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.MediaEncrypted));
    }

    // The payload of the picture and the sound, which ffmpeg gives these numbers.
    private static void Scramble(byte[] packets)
    {
        var random = new Random(1);
        foreach (var at in Enumerable.Range(0, packets.Length / 188).Select(i => i * 188))
        {
            var packet = packets.AsSpan(at, 188);
            if ((((packet[1] & 0x1F) << 8) | packet[2]) is not (0x100 or 0x101))
                continue;
            packet[3] |= 0x80;
            random.NextBytes(packet[((packet[3] & 0x20) == 0 ? 4 : 5 + packet[4])..]);
        }
    }
}
