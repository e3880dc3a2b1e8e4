using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Boxes;

/// <summary>The clock of a whole index, or of a track's media (ISO/IEC 14496-12, 8.2.2 and 8.4.2); pure.</summary>
/// <param name="Scale">How many units make a second; at least 1.</param>
/// <param name="Length">How many units it lasts.</param>
internal readonly record struct TrackClock(double Scale, long Length)
{
    /// <summary>Reads it from its header; where there is none it has no length.</summary>
    public static TrackClock Of(ReadOnlySpan<byte> moov, Box? head)
    {
        if (head is not { } box || box.End - box.Body < 20 || (moov[box.Body] == 1 && box.End - box.Body < 32))
            return new TrackClock(1, 0);
        var body = moov[box.Body..box.End];
        var (scale, length) = body[0] == 1
            ? (BinaryPrimitives.ReadUInt32BigEndian(body[20..]), BinaryPrimitives.ReadInt64BigEndian(body[24..]))
            : (BinaryPrimitives.ReadUInt32BigEndian(body[12..]), BinaryPrimitives.ReadUInt32BigEndian(body[16..]));
        return new TrackClock(Math.Max(1u, scale), length);
    }

    /// <summary>Writes another length into its header, where that has room for it.</summary>
    public static void Write(Span<byte> moov, Box head, long length)
    {
        if (moov[head.Body] == 1)
            BinaryPrimitives.WriteInt64BigEndian(moov[(head.Body + 24)..], length);
        else if (length is >= 0 and < uint.MaxValue)
            BinaryPrimitives.WriteUInt32BigEndian(moov[(head.Body + 16)..], (uint)length);
    }
}
