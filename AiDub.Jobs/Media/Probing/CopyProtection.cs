using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Tells whether a file says that it cannot be shown without a key: a program stream that was copied from a disc, as a VOB of a DVD, by its
/// packets (ISO/IEC 13818-1, 2.4.3.7), of which the heads and some others are clear, so that decoders show what is left between garbage;
/// programs that took the key off may have left what packets say. A Windows Media file says it in its head.
/// </summary>
internal static class CopyProtection
{
    private const int MostBytes = 16 << 20;

    // Of a packet: the prefix, its stream, its length of two bytes, and what it says of itself.
    private const int PacketHead = 7;

    // Fewer may be damage; of a disc some in ten are scrambled at least.
    private const int LeastPackets = 5;
    private const int LeastShare = 10;

    // So much of a packet of a disc is clear. Behind it hardly one in ten thousand has by chance what the parts of a picture begin with,
    // which most packets of a clear picture have.
    private const int ClearBytes = 128;

    // The content encryption objects of ASF (3.14, 3.15), which are in its head.
    private const int LargestAsfHead = 1 << 20;
    private static readonly byte[][] AsfEncryptions =
    [
        [0xFB, 0xB3, 0x11, 0x22, 0x23, 0xBD, 0xD2, 0x11, 0xB4, 0xB7, 0x00, 0xA0, 0xC9, 0x55, 0xFC, 0x6E],
        [0x14, 0xE6, 0x8A, 0x29, 0x22, 0x26, 0x17, 0x4C, 0xB9, 0x35, 0xDA, 0xE0, 0x7E, 0xE9, 0x28, 0x9C],
    ];

    /// <summary>Looks at a file; false of other kinds.</summary>
    public static async Task<bool> IsThereAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var start = await SoundBehind.ReadAsync(file, 0, 24, ct);
        if (start.AsSpan().StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0xBA]))
            return IsScrambled(await SoundBehind.ReadAsync(file, 0, (int)Math.Min(MostBytes, file.Length), ct));
        if (start.Length < 24 || !start.AsSpan().StartsWith(StatedHeads.Asf))
            return false;
        var size = Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(start.AsSpan(16)), LargestAsfHead);
        var head = await SoundBehind.ReadAsync(file, 0, (int)size, ct);
        return AsfEncryptions.Any(encryption => head.AsSpan().IndexOf(encryption) >= 0);
    }

    /// <summary>Whether packets of picture or sound in what a program stream begins with are scrambled; pure.</summary>
    private static bool IsScrambled(ReadOnlySpan<byte> head)
    {
        var (clear, scrambled, legible) = (0, 0, 0);
        while (head.IndexOf((ReadOnlySpan<byte>)[0, 0, 1]) is >= 0 and var at && at + PacketHead <= head.Length)
        {
            head = head[at..];
            var length = (head[4] << 8) | head[5];

            // Private streams, as of AC-3, sounds and pictures, of MPEG-2: MPEG-1 has no such bits.
            var isPacket = head[3] is 0xBD or (>= 0xC0 and <= 0xEF) && length > 0 && (head[6] & 0xC0) == 0x80;
            var end = isPacket ? Math.Min(6 + length, head.Length) : 3;
            if (isPacket && (head[6] & 0x30) != 0)
            {
                scrambled++;
                if (head[Math.Min(ClearBytes, end)..end].IndexOf((ReadOnlySpan<byte>)[0, 0, 1]) >= 0)
                    legible++;
            }
            else if (isPacket)
                clear++;
            head = head[end..];
        }
        return scrambled >= LeastPackets && scrambled * LeastShare >= clear && legible * LeastShare < scrambled;
    }
}
