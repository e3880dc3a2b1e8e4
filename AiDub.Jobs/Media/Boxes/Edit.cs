using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Boxes;

/// <summary>One entry of an edit list (ISO/IEC 14496-12, 8.6.6); pure.</summary>
/// <param name="At">Where it stands in the index.</param>
/// <param name="IsLong">Whether its numbers have 64 bits.</param>
/// <param name="Length">How long it lasts, in units of the whole index; 0: to the end of the media.</param>
/// <param name="From">Where in the media it begins, in units of the media; negative: nothing is shown.</param>
internal readonly record struct Edit(int At, bool IsLong, long Length, long From)
{
    /// <summary>How fast what was recorded is shown: 1 as it was, 0.5 half as fast, 0 as a picture that stands still.</summary>
    public double Rate { get; private init; }

    /// <summary>The entries of a track; none where it has no list.</summary>
    public static IReadOnlyList<Edit> In(ReadOnlySpan<byte> moov, Box trak)
    {
        if (trak.Child(moov, "edts") is not { } edits || edits.Child(moov, "elst") is not { } list || list.End - list.Body < 8)
            return [];
        var isLong = moov[list.Body] == 1;
        var (size, all) = (isLong ? 20 : 12, new List<Edit>());
        var count = BinaryPrimitives.ReadUInt32BigEndian(moov[(list.Body + 4)..]);
        for (var at = list.Body + 8; at + size <= list.End && all.Count < count; at += size)
        {
            var (length, from) = isLong
                ? (BinaryPrimitives.ReadInt64BigEndian(moov[at..]), BinaryPrimitives.ReadInt64BigEndian(moov[(at + 8)..]))
                : (BinaryPrimitives.ReadUInt32BigEndian(moov[at..]), BinaryPrimitives.ReadInt32BigEndian(moov[(at + 4)..]));
            all.Add(new Edit(at, isLong, length, from) { Rate = BinaryPrimitives.ReadInt32BigEndian(moov[(at + size - 4)..]) / 65536.0 });
        }
        return all;
    }

    /// <summary>Writes other numbers in its place.</summary>
    /// <returns>The entry as it is then; as it was where they do not fit.</returns>
    public Edit Write(Span<byte> moov, long length, long from)
    {
        if (!IsLong && (length > uint.MaxValue || from > int.MaxValue))
            return this;
        if (IsLong)
        {
            BinaryPrimitives.WriteInt64BigEndian(moov[At..], length);
            BinaryPrimitives.WriteInt64BigEndian(moov[(At + 8)..], from);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(moov[At..], (uint)length);
            BinaryPrimitives.WriteInt32BigEndian(moov[(At + 4)..], (int)from);
        }
        return this with { Length = length, From = from };
    }
}
