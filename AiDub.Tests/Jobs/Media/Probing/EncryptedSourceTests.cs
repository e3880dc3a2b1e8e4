using AiDub.Domain.Errors;
using AiDub.Jobs.Media.Probing;

namespace AiDub.Tests.Jobs.Media.Probing;

/// <summary>What nobody can see or hear without a key is refused as encrypted.</summary>
public sealed class EncryptedSourceTests
{
    // The picture and the sound, which ffmpeg gives these numbers; of some broadcasts one is clear.
    [TestCase(0x100, 0x101)]
    [TestCase(0x100)]
    [TestCase(0x101)]
    public async Task A_broadcast_that_was_recorded_scrambled_is_refused_as_encrypted_and_not_as_damaged(params int[] scrambled)
    {
        using var bench = new MediaBench();
        var path = await bench.MakeAsync(
            "a.ts", "-f lavfi -i testsrc2=s=64x48:r=25:d=3 -f lavfi -i sine=d=3 -c:v libx264 -preset ultrafast -c:a aac");
        var bytes = await File.ReadAllBytesAsync(path);
        Scramble(bytes, scrambled);
        await File.WriteAllBytesAsync(path, bytes);

        var refusal = Assert.ThrowsAsync<PermanentDubException>(() => bench.ProbeAsync(path))!;

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.MediaEncrypted));
    }

    [TestCase(0x101, 0x102)]
    public async Task A_clear_picture_whose_own_sound_is_scrambled_does_not_get_the_sound_of_another_programme(params int[] scrambled)
    {
        using var bench = new MediaBench();
        var path = await TwoProgrammesAsync(bench, scrambled);

        var refusal = Assert.ThrowsAsync<PermanentDubException>(() => bench.ProbeAsync(path))!;

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.MediaEncrypted));
    }

    [Test]
    public async Task Where_one_of_a_programmes_sounds_is_scrambled_its_other_one_is_dubbed_and_not_another_programmes()
    {
        using var bench = new MediaBench();
        var path = await TwoProgrammesAsync(bench, 0x101);

        var media = await bench.ProbeAsync(path);

        Assert.That((media.Video!.Width, media.Audio.Index), Is.EqualTo((64, 2)));
        Assert.That(media.DroppedStreams, Is.EqualTo(new[] { "audio/mp3" }));
    }

    [Test]
    public async Task What_is_no_broadcast_is_refused_for_what_it_lacks_however_large()
    {
        using var bench = new MediaBench();
        var silent = await bench.MakeAsync(
            "a.mp4", "-f lavfi -i nullsrc=s=320x240:r=25:d=3,geq=random(1)*255:128:128 -c:v libx264 -preset ultrafast -qp 20 -an");
        var noise = new byte[4 << 20];
        new Random(1).NextBytes(noise);
        await File.WriteAllBytesAsync(bench.Path("a.bin"), noise);

        var refusals = new[] { silent, bench.Path("a.bin") }
            .Select(path => Assert.ThrowsAsync<PermanentDubException>(() => bench.ProbeAsync(path))!.Code);

        Assert.That(new FileInfo(silent).Length, Is.GreaterThan(2 << 20));
        Assert.That(refusals, Is.EqualTo(new[] { FailureCode.AudioMissing, FailureCode.MediaInvalid }));
    }

    // The sound alone would be refused as it is decoded; of a clear one beside it nobody would notice.
    [Test]
    public async Task An_encrypted_picture_is_refused_before_anything_is_heard()
    {
        using var bench = new MediaBench();
        var path = await bench.MakeAsync(
            "a.mp4",
            "-f lavfi -i testsrc2=s=64x48:r=25:d=1 -f lavfi -i sine=d=1 -c:v libx264 -preset ultrafast -c:a aac -encryption_scheme "
                + "cenc-aes-ctr -encryption_key 76a6c65c5ea762046bd749a2e632ccbb -encryption_kid a7e61c373e219033c21091fa607bf3b8");

        var refusal = Assert.ThrowsAsync<PermanentDubException>(() => bench.ProbeAsync(path))!;

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.MediaEncrypted));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void A_stream_of_WebM_that_names_a_key_is_refused_as_encrypted(int encrypted)
    {
        const string Tags = ",\"tags\":{\"enc_key_id\":\"AAAA\"}";
        var json = $$"""
            {"format":{"format_name":"matroska,webm"},"streams":[
            {"index":0,"codec_name":"vp9","codec_type":"video","width":64,"height":48{{(encrypted == 0 ? Tags : "")}}},
            {"index":1,"codec_name":"opus","codec_type":"audio","channels":1{{(encrypted == 1 ? Tags : "")}}}]}
            """;

        var refusal = Assert.Throws<PermanentDubException>(() => SourceMediaReader.Read(json, "webm", 10))!;

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.MediaEncrypted));
    }

    [TestCase("drmi", "mp4a")]
    [TestCase("avc1", "drms")]
    [TestCase("mjpeg", "aavd")]
    public void What_a_shop_encrypted_is_refused_as_encrypted(string picture, string sound)
    {
        var json = $$"""
            {"format":{"format_name":"mov,mp4"},"streams":[
            {"index":0,"codec_tag_string":"{{picture}}","codec_type":"video","width":64,"height":48},
            {"index":1,"codec_name":"aac","codec_tag_string":"{{sound}}","codec_type":"audio","channels":1}]}
            """;

        var refusal = Assert.Throws<PermanentDubException>(() => SourceMediaReader.Read(json, null, 10))!;

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.MediaEncrypted));
    }

    // Every third packet, as on a disc, of which all but its head is scrambled; or which only says so, as where the key was taken off.
    [TestCase(3, true)]
    [TestCase(3, false)]
    [TestCase(int.MaxValue, false)]
    public async Task What_was_copied_from_a_disc_without_its_key_is_refused_as_encrypted(int each, bool isScrambled)
    {
        using var bench = new MediaBench();
        var path = await bench.MakeAsync(
            "a.vob", "-f lavfi -i testsrc2=s=320x240:r=25:d=3 -f lavfi -i sine=d=3 -c:v mpeg2video -b:v 2M -c:a ac3 -f vob");
        var (bytes, random) = (await File.ReadAllBytesAsync(path), new Random(1));
        for (var i = 0; i < bytes.Length / 2048; i++)
        {
            var pack = bytes.AsMemory(i * 2048, 2048);

            // Behind the head of a pack, of 14 bytes.
            if (i % each != each - 1 || pack.Span[17] is not (0xE0 or 0xBD))
                continue;
            pack.Span[20] |= 0x30;
            if (isScrambled)
                random.NextBytes(pack.Span[128..]);
        }
        await File.WriteAllBytesAsync(path, bytes);

        if (!isScrambled)
            Assert.That((await bench.ProbeAsync(path)).DurationSeconds, Is.EqualTo(3).Within(0.1));
        else
            Assert.That(
                Assert.ThrowsAsync<PermanentDubException>(() => bench.ProbeAsync(path))!.Code, Is.EqualTo(FailureCode.MediaEncrypted));
    }

    // Behind the head, whose size and number of objects come first.
    [Test]
    public async Task A_Windows_Media_file_that_says_it_is_encrypted_is_refused_as_that()
    {
        using var bench = new MediaBench();
        var path = await bench.MakeAsync("a.wma", "-f lavfi -i sine=d=2");
        var bytes = await File.ReadAllBytesAsync(path);
        byte[] encryption =
            [0xFB, 0xB3, 0x11, 0x22, 0x23, 0xBD, 0xD2, 0x11, 0xB4, 0xB7, 0, 0xA0, 0xC9, 0x55, 0xFC, 0x6E, 40, .. new byte[23]];
        bytes[16] += 40;
        bytes[24]++;
        await File.WriteAllBytesAsync(path, [.. bytes[..30], .. encryption, .. bytes[30..]]);

        var refusal = Assert.ThrowsAsync<PermanentDubException>(() => bench.ProbeAsync(path))!;

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.MediaEncrypted));
    }

    // A picture with two sounds, and a sound alone.
    private static async Task<string> TwoProgrammesAsync(MediaBench bench, params int[] scrambled)
    {
        var path = await bench.MakeAsync(
            "two.ts",
            "-f lavfi -i testsrc2=s=64x48:r=25:d=3 -f lavfi -i sine=d=3 -map 0 -map 1 -map 1 -map 1 "
                + "-c:v libx264 -preset ultrafast -c:a mp2 -program st=0:st=1:st=2 -program st=3");
        var bytes = await File.ReadAllBytesAsync(path);
        Scramble(bytes, scrambled);
        await File.WriteAllBytesAsync(path, bytes);
        return path;
    }

    // The payload.
    private static void Scramble(byte[] packets, int[] streams)
    {
        var random = new Random(1);
        foreach (var at in Enumerable.Range(0, packets.Length / 188).Select(i => i * 188))
        {
            var packet = packets.AsSpan(at, 188);
            if (!streams.Contains(((packet[1] & 0x1F) << 8) | packet[2]))
                continue;
            packet[3] |= 0x80;
            random.NextBytes(packet[((packet[3] & 0x20) == 0 ? 4 : 5 + packet[4])..]);
        }
    }
}
