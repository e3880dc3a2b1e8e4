using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Boxes;

/// <summary>The number of a track (ISO/IEC 14496-12, 8.3.2); pure.</summary>
internal static class TrackNumber
{
    /// <summary>Reads it; 0 where there is none.</summary>
    public static uint Of(ReadOnlySpan<byte> moov, Box trak) =>
        trak.Child(moov, "tkhd") is { } head && head.End - head.Body >= 24
            ? BinaryPrimitives.ReadUInt32BigEndian(moov[(head.Body + (moov[head.Body] == 1 ? 20 : 12))..])
            : 0;
}
