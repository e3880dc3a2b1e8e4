using System.Buffers.Binary;
using System.Text;

namespace AiDub.Jobs.Media.Boxes;

/// <summary>An MP4 or QuickTime file on disk, as far as its index goes.</summary>
internal static class BoxFile
{
    /// <summary>The largest index that is read, in bytes; that of a day of video has about half of this.</summary>
    public const long LargestIndex = 64 << 20;

    /// <summary>The most boxes that are looked at; a day in fragments of a second has a third of this, more are made.</summary>
    public const int MostBoxes = 1 << 20;

    /// <summary>
    /// The index of a file, with where it lies and whether anything comes after it; null when there is none that can be read.
    /// </summary>
    public static async Task<(byte[] Moov, long At, bool IsLast)?> IndexAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        foreach (var (name, at, size) in await TopAsync(file, ct))
        {
            if (name != "moov" || size > Math.Min(LargestIndex, file.Length - at))
                continue;
            var moov = new byte[size];
            file.Position = at;
            await file.ReadExactlyAsync(moov, ct);
            return (moov, at, at + size == file.Length);
        }
        return null;
    }

    /// <summary>
    /// The boxes that a file consists of, <see cref="MostBoxes"/> at most; the last may say that it is longer than the file.
    /// </summary>
    public static async Task<IReadOnlyList<(string Name, long At, long Size)>> TopAsync(Stream file, CancellationToken ct)
    {
        var (boxes, head) = (new List<(string, long, long)>(), new byte[16]);
        for (long at = 0; at + 8 <= file.Length && boxes.Count < MostBoxes;)
        {
            file.Position = at;
            var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (size == 1 && read == head.Length)
                size = BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(8));
            if (size == 0)
                size = file.Length - at;
            if (size < 8)
                break;
            boxes.Add((Encoding.Latin1.GetString(head, 4, 4), at, size));
            if (size > file.Length - at)
                break;
            at += size;
        }
        return boxes;
    }

    /// <summary>
    /// Puts boxes into the sample entry of a file's first picture; a file that has no such entry, or no room in its offsets, stays as it
    /// is.
    /// </summary>
    public static async Task AddAsync(string path, byte[] boxes, CancellationToken ct)
    {
        if (boxes.Length == 0 || await IndexAsync(path, ct) is not { } index || PictureEntry.Find(index.Moov) is not { } entry)
            return;
        if (entry.With(index.Moov, boxes, movesMedia: !index.IsLast) is { } changed)
            await ReplaceAsync(path, index.At, index.Moov.Length, changed, ct);
    }

    /// <summary>Gives the sample entry of a file's first picture another name.</summary>
    public static async Task RenameAsync(string path, string name, CancellationToken ct)
    {
        if (await IndexAsync(path, ct) is not { } index || PictureEntry.Find(index.Moov) is not { } entry)
            return;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Position = index.At + entry.NameAt;
        await file.WriteAsync(Encoding.Latin1.GetBytes(name), ct);
    }

    private static async Task ReplaceAsync(string path, long at, int length, byte[] bytes, CancellationToken ct)
    {
        var changed = path + ".changed";
        await using (var from = File.OpenRead(path))
        await using (var to = File.Create(changed))
        {
            await CopyAsync(from, to, at, ct);
            await to.WriteAsync(bytes, ct);
            from.Position = at + length;
            await from.CopyToAsync(to, ct);
        }
        File.Move(changed, path, overwrite: true);
    }

    private static async Task CopyAsync(Stream from, Stream to, long count, CancellationToken ct)
    {
        var buffer = new byte[1 << 16];
        while (count > 0)
        {
            var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), ct);
            if (read == 0)
                throw new EndOfStreamException();
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
            count -= read;
        }
    }
}
