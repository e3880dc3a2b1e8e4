using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Boxes;

/// <summary>The tables in an index that say where in the file the media is (ISO/IEC 14496-12, 8.7.5); pure.</summary>
internal static class ChunkOffsets
{
    private static readonly string[] Containers = ["moov", "trak", "mdia", "minf", "stbl"];

    /// <summary>Adds to every offset of an index.</summary>
    /// <returns>False when one would be larger than its table can hold.</returns>
    public static bool Move(Span<byte> moov, int by) => Move(moov, 0, moov.Length, by);

    private static bool Move(Span<byte> moov, int from, int to, int by)
    {
        foreach (var box in Box.In(moov, from, to))
        {
            var fits = box.Name switch
            {
                "stco" => MoveTable(moov[box.Body..box.End], 4, by),
                "co64" => MoveTable(moov[box.Body..box.End], 8, by),
                _ => !Containers.Contains(box.Name) || Move(moov, box.Body, box.End, by),
            };
            if (!fits)
                return false;
        }
        return true;
    }

    private static bool MoveTable(Span<byte> table, int width, int by)
    {
        for (var at = 8; at + width <= table.Length; at += width)
        {
            if (width == 8)
            {
                BinaryPrimitives.WriteInt64BigEndian(table[at..], BinaryPrimitives.ReadInt64BigEndian(table[at..]) + by);
                continue;
            }
            var moved = (long)BinaryPrimitives.ReadUInt32BigEndian(table[at..]) + by;
            if (moved > uint.MaxValue)
                return false;
            BinaryPrimitives.WriteUInt32BigEndian(table[at..], (uint)moved);
        }
        return true;
    }
}
