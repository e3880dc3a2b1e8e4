using System.Buffers.Binary;
using AiDub.Jobs.Media.Boxes;
using AiDub.Jobs.Media.Probing;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Finds where another file of the same kind follows in one that says where it ends, as where somebody joined two byte by byte: demuxers
/// read the first one only. FLAC does not say it, and its demuxer loses sound where the next head is.
/// </summary>
internal static class FollowingFiles
{
    private const int HeadBytes = 4096;
    private const int FlvHead = 13;
    private const int FlvTagHead = 11;
    private const int FlvTagEnd = 4;

    // What a tag holds, and a bit beside it that says whether it is encrypted.
    private const int FlvTagKinds = ~0x20;
    private const int FlvSound = 8;
    private const int FlvPicture = 9;
    private const int FlvScript = 18;

    // What follows the packets of Windows Media are a few indexes.
    private const int MostIndexes = 100;
    private const int AsfObjectHead = 24;
    private const int AsfName = 16;
    private const int ChunkBytes = 1 << 20;

    // The name of the format and the head of what always comes first (RFC 9639, 6 and 8).
    private static readonly byte[] FlacBegins = [.. "fLaC"u8, 0, 0, 0, 34];
    private static readonly string[] Sized = ["wav", "w64", "aiff", "au"];

    /// <summary>How ffmpeg names the kind that a file is; null where nothing is looked for.</summary>
    public static string? Kind(ProbedFormat format) => Sized.Concat(["mov", "asf", "flv", "flac"]).FirstOrDefault(format.Is);

    /// <summary>Where the files but the first begin, in bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">Its <see cref="Kind"/>.</param>
    /// <param name="most">How many are taken: one more at most is looked for, which tells that there are too many.</param>
    /// <param name="ct">Ends the look.</param>
    public static async Task<IReadOnlyList<long>> StartsAsync(string path, string kind, int most, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        if (kind == "mov")
            return [.. Mp4Starts(await BoxFile.TopAsync(file, ct)).Take(most + 1)];
        var starts = new List<long>();

        // Tags of ID3 may come before a FLAC.
        var first = kind == "flac" ? await FlacNextAsync(file, -FlacBegins.Length, ct) ?? 0 : 0;
        for (var at = first; starts.Count <= most && await NextAsync(file, kind, at, ct) is { } next; at = next)
            starts.Add(next);
        return starts;
    }

    private static Task<long?> NextAsync(FileStream file, string kind, long start, CancellationToken ct) => kind switch
    {
        "flv" => FlvNextAsync(file, start, ct),
        "asf" => AsfNextAsync(file, start, ct),
        "flac" => FlacNextAsync(file, start, ct),
        _ => SizedNextAsync(file, start, ct),
    };

    // What a file is stands before it; alone, or before fragments of the one before, it begins none. Where all have their media in
    // fragments, one goes on through what looks like another.
    private static List<long> Mp4Starts(IReadOnlyList<(string Name, long At, long Size)> boxes)
    {
        var (starts, head, hasIndex, hasFragments, areFragments) = (new List<long>(), (long?)null, false, false, true);
        foreach (var (name, at, _) in boxes)
        {
            if (name == "ftyp" && hasIndex)
                head = at;
            else if (name == "moof")
                head = null;
            else if (name is "moov" or "mdat" && head is { } start)
            {
                starts.Add(start);
                areFragments &= hasFragments;
                (head, hasIndex, hasFragments) = (null, false, false);
            }
            hasIndex |= name == "moov";
            hasFragments |= name == "moof";
        }
        return areFragments && hasFragments ? [] : starts;
    }

    private static async Task<long?> SizedNextAsync(FileStream file, long start, CancellationToken ct)
    {
        var head = await ReadAsync(file, start, HeadBytes, ct);
        var stated = head.AsSpan().StartsWith("RIFF"u8)
            ? 8L + BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4))
            : StatedHeads.End(head);
        if (stated is not { } length)
            return null;

        // The byte that makes an odd length even is often left out.
        foreach (var end in (long[])[start + length, start + length + 1])
        {
            var next = await ReadAsync(file, end, head.Length, ct);
            if (next.Length >= 32 && next.AsSpan(0, 4).SequenceEqual(head.AsSpan(0, 4)) && IsSameForm(head, next))
                return end;
        }
        return null;
    }

    // RIFF and FORM say what they hold behind their length; AVI goes on in further ones of its own.
    private static bool IsSameForm(ReadOnlySpan<byte> head, ReadOnlySpan<byte> next) =>
        !(head.StartsWith("RIFF"u8) || head.StartsWith("FORM"u8)) || head[8..11].SequenceEqual(next[8..11]);

    private static async Task<long?> AsfNextAsync(FileStream file, long start, CancellationToken ct)
    {
        var head = await ReadAsync(file, start, HeadBytes, ct);
        var at = start + StatedHeads.End(head);
        for (var i = 0; i < MostIndexes && at is { } place && place > start; i++)
        {
            var told = await ReadAsync(file, place, AsfObjectHead, ct);
            if (told.Length < AsfObjectHead)
                return null;
            if (told.AsSpan(0, AsfName).SequenceEqual(head.AsSpan(0, AsfName)))
                return place;
            at = BinaryPrimitives.ReadInt64LittleEndian(told.AsSpan(AsfName)) is >= AsfObjectHead and var size && size < file.Length
                ? place + size
                : null;
        }
        return null;
    }

    private static async Task<long?> FlvNextAsync(FileStream file, long start, CancellationToken ct)
    {
        var head = new byte[FlvTagHead];
        for (var at = start + FlvHead; at + head.Length <= file.Length;)
        {
            file.Position = at;
            await file.ReadExactlyAsync(head, ct);
            if (head is [(byte)'F', (byte)'L', (byte)'V', 1, ..])
                return at;
            if ((head[0] & FlvTagKinds) is not (FlvSound or FlvPicture or FlvScript))
                return null;
            at += FlvTagHead + (BinaryPrimitives.ReadInt32BigEndian(head) & 0xFFFFFF) + FlvTagEnd;
        }
        return null;
    }

    private static async Task<long?> FlacNextAsync(FileStream file, long start, CancellationToken ct)
    {
        var chunk = new byte[ChunkBytes];
        for (var at = start + FlacBegins.Length; at < file.Length; at += chunk.Length - FlacBegins.Length + 1)
        {
            file.Position = at;
            var read = await file.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, ct);
            if (chunk.AsSpan(0, read).IndexOf(FlacBegins) is >= 0 and var found)
                return at + found;
        }
        return null;
    }

    private static async Task<byte[]> ReadAsync(FileStream file, long at, int bytes, CancellationToken ct)
    {
        if (at < 0 || at >= file.Length)
            return [];
        var head = new byte[bytes];
        file.Position = at;
        return head[..await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct)];
    }
}
