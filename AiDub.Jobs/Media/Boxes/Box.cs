using System.Buffers.Binary;
using System.Text;

namespace AiDub.Jobs.Media.Boxes;

/// <summary>Where a box of an MP4 or QuickTime file is (ISO/IEC 14496-12, 4.2).</summary>
/// <param name="Name">Its four letters.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Body">Where its content begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct Box(string Name, int Start, int Body, int End)
{
    /// <summary>The boxes one after another in a part of some bytes; the first one that does not fit ends them.</summary>
    public static IReadOnlyList<Box> In(ReadOnlySpan<byte> bytes, int from, int to)
    {
        var boxes = new List<Box>();
        while (from <= to - 8)
        {
            var (size, head) = (BinaryPrimitives.ReadUInt32BigEndian(bytes[from..]), 8);
            if (size < head || size > to - from)
                break;
            boxes.Add(new Box(Encoding.Latin1.GetString(bytes.Slice(from + 4, 4)), from, from + head, from + (int)size));
            from += (int)size;
        }
        return boxes;
    }

    /// <summary>The boxes inside this one.</summary>
    public IReadOnlyList<Box> Inside(ReadOnlySpan<byte> bytes) => In(bytes, Body, End);

    /// <summary>The first box of a name inside this one, or null.</summary>
    public Box? Child(ReadOnlySpan<byte> bytes, string name)
    {
        foreach (var box in Inside(bytes))
        {
            if (box.Name == name)
                return box;
        }
        return null;
    }

    /// <summary>Makes a box.</summary>
    public static byte[] Of(string name, params ReadOnlySpan<byte[]> content)
    {
        var length = 8;
        foreach (var part in content)
            length += part.Length;
        var box = new byte[length];
        BinaryPrimitives.WriteInt32BigEndian(box, length);
        Encoding.Latin1.GetBytes(name, box.AsSpan(4));
        var at = 8;
        foreach (var part in content)
        {
            part.CopyTo(box, at);
            at += part.Length;
        }
        return box;
    }
}
