using AiDub.Jobs.Media.Probing;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Finds where another file follows in a Matroska or WebM file, as where somebody joined two byte by byte: a head of its own (RFC 8794)
/// with a segment behind it.
/// </summary>
internal static class MatroskaParts
{
    private const int ChunkBytes = 1 << 20;

    // A head is much shorter; what tells of itself and where its segment ends is in these.
    private const int HeadBytes = 4096;

    // What only looks like a head is met once in 4 GiB of pictures: more is made.
    private const int MostAlike = 1000;
    private static readonly byte[] Begins = [0x1A, 0x45, 0xDF, 0xA3];

    /// <summary>Where the files but the first begin, in bytes; no more than asked for and one.</summary>
    public static async Task<IReadOnlyList<long>> StartsAsync(string path, int most, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        var starts = new List<long>();
        for (long? at = 0; at is { } start && starts.Count <= most; at = await NextAsync(file, start, ct))
        {
            if (start > 0)
                starts.Add(start);
        }
        return starts;
    }

    // The next is where this one says that it ends; where it does not say, or broke off, it is looked for.
    private static async Task<long?> NextAsync(FileStream file, long start, CancellationToken ct)
    {
        var head = await HeadAsync(file, start, ct);
        if (EbmlHead.SegmentEnd(head) is { } length && start + length is var end && end <= file.Length
            && (end == file.Length || IsHead(await HeadAsync(file, end, ct))))
            return end == file.Length ? null : end;
        return await SearchAsync(file, start + Begins.Length, ct);
    }

    private static async Task<long?> SearchAsync(FileStream file, long at, CancellationToken ct)
    {
        var (chunk, looksLike) = (new byte[ChunkBytes], 0);
        while (true)
        {
            file.Position = at;
            var read = await file.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, ct);
            var isLast = read < chunk.Length;

            // What begins at the end of the part that was read is looked at with what follows it.
            var until = isLast ? read : read - HeadBytes;
            for (var next = 0; next < until && chunk.AsSpan(next, read - next).IndexOf(Begins) is >= 0 and var found; next += Begins.Length)
            {
                next += found;
                if (next >= until)
                    break;
                if (IsHead(chunk.AsSpan(next, Math.Min(HeadBytes, read - next))))
                    return at + next;
                if (++looksLike > MostAlike)
                    return null;
            }
            if (isLast)
                return null;
            at += until;
        }
    }

    private static bool IsHead(ReadOnlySpan<byte> bytes) => EbmlHead.DocType(bytes) is "matroska" or "webm" && EbmlHead.HasSegment(bytes);

    private static async Task<byte[]> HeadAsync(FileStream file, long at, CancellationToken ct)
    {
        var head = new byte[HeadBytes];
        file.Position = at;
        return head[..await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct)];
    }
}
