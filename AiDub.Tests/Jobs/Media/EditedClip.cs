using System.Buffers.Binary;
using AiDub.Jobs.Media.Boxes;

namespace AiDub.Tests.Jobs.Media;

/// <summary>Gives an MP4 file of a picture and a sound the edits that players make when somebody cuts without encoding anew.</summary>
internal static class EditedClip
{
    private const double MovieScale = 1000;

    /// <summary>
    /// Writes into every track which parts of it are shown, in seconds; one from -1 on is time in which nothing is. The index has to lie
    /// at the file's end, as ffmpeg writes it.
    /// </summary>
    public static Task EditAsync(string path, params (double From, double Seconds)[] parts) =>
        EditAsync(path, parts.Sum(p => p.Seconds), parts);

    /// <summary>The same, of a file whose head says how many seconds it lasts.</summary>
    public static async Task EditAsync(string path, double stated, params (double From, double Seconds)[] parts)
    {
        var (moov, at, isLast) = (await BoxFile.IndexAsync(path, default))!.Value;
        Assert.That(isLast, "the index can grow");
        var bytes = (await File.ReadAllBytesAsync(path))[..(int)at];
        await File.WriteAllBytesAsync(path, [.. bytes, .. Edited(moov, Box.In(moov, 0, moov.Length)[0], parts, stated, 0)]);
    }

    private static byte[] Edited(byte[] moov, Box box, (double From, double Seconds)[] parts, double stated, double scale)
    {
        var body = moov[box.Body..box.End];
        if (box.Name == "trak")
            scale = BinaryPrimitives.ReadInt32BigEndian(moov.AsSpan(box.Child(moov, "mdia")!.Value.Child(moov, "mdhd")!.Value.Body + 12));
        if (box.Name is "moov" or "trak" or "edts")
            return Box.Of(box.Name, [.. box.Inside(moov).SelectMany(b => Edited(moov, b, parts, stated, scale))]);
        var seconds = Units(parts.Sum(p => p.Seconds), MovieScale);
        if (box.Name == "mvhd")
            Units(stated, MovieScale).CopyTo(body, 16);
        if (box.Name == "tkhd")
            seconds.CopyTo(body, 20);
        if (box.Name != "elst")
            return Box.Of(box.Name, body);

        // What is shown begins where it began: encoders put something before it.
        var first = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(12));
        return Box.Of(
            box.Name,
            [0, 0, 0, 0],
            Units(parts.Length, 1),
            [.. parts.SelectMany(p => (byte[])[.. Units(p.Seconds, MovieScale), .. Units(From(p.From), 1), 0, 1, 0, 0])]);

        double From(double seconds) => seconds < 0 ? -1 : first + (seconds * scale);
    }

    private static byte[] Units(double value, double scale)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, (int)Math.Round(value * scale));
        return bytes;
    }
}
