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
        var chunk = new byte[ChunkBytes];
        for (var at = start + Begins.Length; ;)
        {
            file.Position = at;
            var read = await file.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, ct);
            if (chunk.AsSpan(0, read).IndexOf(Begins) is >= 0 and var found)
            {
                at += found;
                if (IsHead(await HeadAsync(file, at, ct)))
                    return at;
                at += Begins.Length;
            }
            else if (read < chunk.Length)
            {
                return null;
            }
            else
            {
                at += chunk.Length - (Begins.Length - 1);
            }
        }
    }

    private static bool IsHead(byte[] bytes) => EbmlHead.DocType(bytes) is "matroska" or "webm" && EbmlHead.HasSegment(bytes);

    private static async Task<byte[]> HeadAsync(FileStream file, long at, CancellationToken ct)
    {
        var head = new byte[HeadBytes];
        file.Position = at;
        return head[..await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct)];
    }
}
