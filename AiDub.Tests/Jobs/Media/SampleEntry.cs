using System.Buffers.Binary;
using System.Text;

namespace AiDub.Tests.Jobs.Media;

/// <summary>Boxes that cameras write beside a picture's codec in MP4 and QuickTime, and a file with them put in.</summary>
internal static class SampleEntry
{
    private const int VisualBytes = 78;
    private static readonly string[] Outer = ["moov", "trak", "mdia", "minf", "stbl", "stsd"];

    /// <summary>A display of P3's colours with 1,000 cd/m².</summary>
    public static byte[] Mastering { get; } = Box(
        "mdcv", Shorts(13250, 34500, 7500, 3000, 34000, 16000, 15635, 16450), Ints(10_000_000, 50));

    /// <summary>1,000 cd/m² at most, 400 on average.</summary>
    public static byte[] Light { get; } = Box("clli", Shorts(1000, 400));

    /// <summary>The eyes' pictures side by side.</summary>
    public static byte[] SideBySide { get; } = Box("st3d", Ints(0), [2]);

    /// <summary>Equirectangular.</summary>
    public static byte[] Spherical { get; } = Box(
        "sv3d",
        Box("svhd", Ints(0), "test\0"u8.ToArray()),
        Box("proj", Box("prhd", Ints(0, 0, 0, 0)), Box("equi", Ints(0, 0, 0, 0, 0))));

    /// <summary>A Dolby Vision configuration: its profile, and what others see of it.</summary>
    public static byte[] DolbyVision(int profile, int compatibility) => Box(
        profile > 7 ? "dvvC" : "dvcC", [1, 0], Shorts((ushort)((profile << 9) | (3 << 3) | 5)), [(byte)(compatibility << 4)], new byte[19]);

    /// <summary>A box.</summary>
    public static byte[] Box(string name, params byte[][] content)
    {
        byte[] body = [.. content.SelectMany(c => c)];
        return [.. Ints(8 + body.Length), .. Encoding.Latin1.GetBytes(name), .. body];
    }

    /// <summary>A file whose index comes last, with further boxes in the sample entry of its first picture.</summary>
    public static byte[] With(byte[] file, string entry, byte[] boxes)
    {
        var (from, to, ends) = (0, file.Length, new List<int>());
        foreach (var name in Outer.Append(entry))
        {
            var at = Find(file, from, to, name);
            ends.Add(at);
            to = at + Size(file, at);
            from = at + 8 + (name == "stsd" ? 8 : name == entry ? VisualBytes : 0);
        }

        var changed = file.ToList();
        changed.InsertRange(to, boxes);
        var bytes = changed.ToArray();
        foreach (var at in ends)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), Size(bytes, at) + boxes.Length);
        return bytes;
    }

    private static int Find(byte[] file, int from, int to, string name)
    {
        var at = from;
        while (at < to && Encoding.Latin1.GetString(file, at + 4, 4) != name)
            at += Size(file, at);
        return at < to ? at : throw new ArgumentException($"No {name} in the file.", nameof(name));
    }

    private static int Size(byte[] file, int at) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));

    private static byte[] Shorts(params ushort[] values) => [.. values.SelectMany(v => new[] { (byte)(v >> 8), (byte)v })];

    private static byte[] Ints(params int[] values)
    {
        var bytes = new byte[values.Length * 4];
        foreach (var (i, value) in values.Index())
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * 4), value);
        return bytes;
    }
}
