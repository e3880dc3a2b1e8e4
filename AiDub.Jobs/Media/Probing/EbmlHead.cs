using System.Text;

namespace AiDub.Jobs.Media.Probing;

/// <summary>The head of a Matroska or WebM file (RFC 8794).</summary>
public static class EbmlHead
{
    private const int DocTypeId = 0x4282;
    private const int SegmentId = 0x18538067;

    /// <summary>The DocType in the first bytes of a file: <c>matroska</c>, <c>webm</c>, or null when there is none.</summary>
    public static string? DocType(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return null;
        var at = 4;
        if (!TryReadNumber(head, ref at, keepMarker: false, out var length))
            return null;
        var end = (int)Math.Min(head.Length, at + length);
        while (at < end)
        {
            if (!TryReadNumber(head, ref at, keepMarker: true, out var id) || !TryReadNumber(head, ref at, keepMarker: false, out var size))
                return null;
            if (size < 0 || size > end - at)
                return null;
            if (id == DocTypeId)
                return Encoding.ASCII.GetString(head.Slice(at, (int)size)).TrimEnd('\0');
            at += (int)size;
        }
        return null;
    }

    /// <summary>
    /// Where the segment, which is all that comes after the head, says that it ends; null when this is no such file, or when it does not
    /// say.
    /// </summary>
    public static long? SegmentEnd(ReadOnlySpan<byte> head)
    {
        if (Segment(head) is not { } before)
            return null;
        var at = before;
        if (!TryReadNumber(head, ref at, keepMarker: false, out var size))
            return null;

        // All bits set: as long as it goes on.
        return size == (1L << (7 * (at - before))) - 1 ? null : at + size;
    }

    /// <summary>Whether the bytes begin a file: with a head, and a segment behind it.</summary>
    public static bool HasSegment(ReadOnlySpan<byte> head) => Segment(head) is not null;

    // Where the size of the segment is.
    private static int? Segment(ReadOnlySpan<byte> head)
    {
        var at = 4;
        if (!head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])
            || !TryReadNumber(head, ref at, keepMarker: false, out var length)
            || length < 0
            || length > head.Length - at)
            return null;
        at += (int)length;
        return TryReadNumber(head, ref at, keepMarker: true, out var id) && id == SegmentId ? at : null;
    }

    /// <summary>Reads a number, whose first byte says by its leading zeros how many bytes follow.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="at">Where it begins; then where it ends.</param>
    /// <param name="keepMarker">Whether what says its length is part of it, as in names.</param>
    /// <param name="value">The number.</param>
    internal static bool TryReadNumber(ReadOnlySpan<byte> data, ref int at, bool keepMarker, out long value)
    {
        value = 0;
        if (at >= data.Length || data[at] == 0)
            return false;
        var bytes = System.Numerics.BitOperations.LeadingZeroCount((uint)data[at]) - 23;
        if (at + bytes > data.Length)
            return false;
        value = keepMarker ? data[at] : data[at] & (0xFF >> bytes);
        for (var i = 1; i < bytes; i++)
            value = (value << 8) | data[at + i];
        at += bytes;
        return true;
    }
}
