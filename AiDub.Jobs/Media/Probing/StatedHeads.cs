using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Reads from its head how many bytes a file says that it has: RF64, BW64 and Wave64, AIFF, AU and Windows Media; pure.
/// </summary>
internal static class StatedHeads
{
    // RF64 says by this that the size stands elsewhere, AU that nobody knew it.
    private const uint Unknown = uint.MaxValue;

    /// <summary>What a Wave64 file begins with.</summary>
    internal static readonly byte[] Wave64 =
        [0x72, 0x69, 0x66, 0x66, 0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 0x04, 0xC1, 0x00, 0x00];

    /// <summary>What a Windows Media file begins with.</summary>
    internal static readonly byte[] Asf =
        [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C];
    private static readonly byte[] AsfProperties =
        [0xA1, 0xDC, 0xAB, 0x8C, 0x47, 0xA9, 0xCF, 0x11, 0x8E, 0xE4, 0x00, 0xC0, 0x0C, 0x20, 0x53, 0x65];

    // Of the file properties object of ASF (3.2): its own head, then these; what is broadcast knows none of them.
    private const int AsfHeadSize = 16;
    private const int AsfFileSize = 40;
    private const int AsfPackets = 56;
    private const int AsfPlayTime = 64;
    private const int AsfPreroll = 80;
    private const int AsfFlags = 88;
    private const int AsfLeastPacket = 92;
    private const int AsfMostPacket = 96;
    private const int AsfDataHead = 50;

    /// <summary>How many bytes there should be; null for other kinds, and where the head does not know.</summary>
    /// <param name="head">What the file begins with.</param>
    public static long? End(ReadOnlySpan<byte> head)
    {
        long? end = head switch
        {
            _ when head.Length < 32 => null,
            _ when (head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8)) && head[12..16].SequenceEqual("ds64"u8) =>
                Sum(8, BinaryPrimitives.ReadInt64LittleEndian(head[20..])),
            _ when head.StartsWith(Wave64) => BinaryPrimitives.ReadInt64LittleEndian(head[16..]),
            _ when head.StartsWith("FORM"u8) && head[8..11].SequenceEqual("AIF"u8) =>
                Sum(8, BinaryPrimitives.ReadUInt32BigEndian(head[4..])),
            _ when head.StartsWith(".snd"u8) && BinaryPrimitives.ReadUInt32BigEndian(head[8..]) is not Unknown and var size =>
                Sum(BinaryPrimitives.ReadUInt32BigEndian(head[4..]), size),
            _ when Properties(head) is { Length: > 0 } properties =>
                AsfEnd(BinaryPrimitives.ReadInt64LittleEndian(head[AsfHeadSize..]), properties),
            _ => null,
        };
        return end > 0 ? end : null;
    }

    /// <summary>How many seconds a Windows Media file says that it plays; null for others.</summary>
    /// <param name="head">What the file begins with.</param>
    public static double? AsfSeconds(ReadOnlySpan<byte> head) =>
        Properties(head) is { Length: > 0 } properties
            ? (BinaryPrimitives.ReadInt64LittleEndian(properties[AsfPlayTime..]) / 1e7)
                - (BinaryPrimitives.ReadInt64LittleEndian(properties[AsfPreroll..]) / 1e3)
            : null;

    // Where its packets end, which have one size and are counted (3.2, 5.1): an index behind them may be missing, and the size of the whole
    // is now and then stated a little too large.
    private static long AsfEnd(long head, ReadOnlySpan<byte> properties)
    {
        var (stated, packets) = (
            BinaryPrimitives.ReadInt64LittleEndian(properties[AsfFileSize..]),
            BinaryPrimitives.ReadInt64LittleEndian(properties[AsfPackets..]));
        var (least, most) = (
            BinaryPrimitives.ReadUInt32LittleEndian(properties[AsfLeastPacket..]),
            BinaryPrimitives.ReadUInt32LittleEndian(properties[AsfMostPacket..]));
        var end = (Int128)head + AsfDataHead + ((Int128)packets * most);
        return least == most && packets > 0 && head > 0 && end < stated ? (long)end : stated;
    }

    private static ReadOnlySpan<byte> Properties(ReadOnlySpan<byte> head) =>
        head.StartsWith(Asf)
        && head.IndexOf(AsfProperties) is >= 0 and var at
        && head.Length >= at + AsfMostPacket + 4
        && (head[at + AsfFlags] & 1) == 0
            ? head[at..]
            : default;

    private static long? Sum(long before, long size) => size is >= 0 and < long.MaxValue / 2 ? before + size : null;
}
