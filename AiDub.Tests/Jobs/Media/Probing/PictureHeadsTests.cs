using AiDub.Jobs.Media.Probing;

namespace AiDub.Tests.Jobs.Media.Probing;

/// <summary>Whether what a picture says of itself on the way differs, from bytes as they arrive.</summary>
public sealed class PictureHeadsTests
{
    private static readonly byte[] One = [0, 0, 0, 1, 0x67, 0x64, 0, 0x1F, 0xAC, 0x80];
    private static readonly byte[] Other = [0, 0, 1, 0x67, 0x64, 0, 0x28, 0xAC, 0x80];

    [Test]
    public void However_the_bytes_are_cut_the_same_is_found()
    {
        byte[] same = [.. One, 0, .. One[1..], .. One], different = [.. One, .. One, .. Other];
        for (var size = 1; size <= different.Length; size++)
        {
            Assert.That(Differ("h264", same, size), Is.False, $"{size}");
            Assert.That(Differ("h264", different, size), Is.True, $"{size}");
        }
    }

    [TestCase(5, false, TestName = "What MPEG-2 adapts to the scene is no difference")]
    [TestCase(4, true, TestName = "The shape of the picture of MPEG-2 is one")]
    public void Of_MPEG_2_the_size_the_shape_and_the_rate_count(int changed, bool differ)
    {
        byte[] head = [0xB3, 0x2D, 0x02, 0x40, 0x23, 0x44, 0x55];
        byte[] next = [.. head];
        next[changed] ^= 0x10;

        Assert.That(Differ("mpeg2video", [0, 0, 1, .. head, 0, 0, 1, .. next], 7), Is.EqualTo(differ));
    }

    [Test]
    public void One_that_never_ends_is_not_kept_and_nothing_differs_from_nothing()
    {
        Assert.That(Differ("h264", [.. One, .. Enumerable.Repeat((byte)7, 1 << 20)], 1 << 16), Is.False);
        Assert.That(Differ("h264", [.. One, .. Enumerable.Repeat((byte)7, 1 << 20), .. Other], 1 << 16), Is.True);
        Assert.That(Differ("h264", [], 1), Is.False);
        Assert.That(Differ("h264", [0, 0, 1, 0, 0, 1, .. One, .. One], 3), Is.False);
    }

    private static bool Differ(string codec, byte[] bytes, int size)
    {
        var heads = new PictureHeads(codec);
        foreach (var piece in bytes.Chunk(size))
            heads.Take(piece);
        return heads.Differ;
    }
}
