using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Finds where media begins in a file that begins with something else: the head of an answer that somebody saved with it, or what a
/// recording that was taken out of a stream begins with.
/// </summary>
internal static class LeadingBytes
{
    private const int MostBytes = 1 << 20;
    private const int LongestFileType = 1024;

    // So many packets of a transport stream one after another are none by chance.
    private const int Packets = 20;
    private const byte Sync = 0x47;
    private const int Disc = 192;
    private static readonly int[] PacketBytes = [188, Disc, 204];
    private static readonly byte[] Asf = [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C];

    /// <summary>Cuts off what a file begins with that is no media.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isRefused">
    /// Whether nothing can be made of the whole: else only what certainly is none is cut off. What joined recordings begin with is media.
    /// </param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>How many bytes that was; 0: it is as it was.</returns>
    public static async Task<int> CutAsync(string path, bool isRefused, CancellationToken ct)
    {
        var (rest, at) = (path + ".rest", 0);
        try
        {
            await using (var file = File.OpenRead(path))
            {
                var head = new byte[(int)Math.Min(MostBytes, file.Length)];
                await file.ReadExactlyAsync(head, ct);
                at = Find(head) ?? 0;
                if (at == 0 || !(isRefused || IsCertain(head, at)))
                    return 0;
                file.Position = at;
                await using var to = File.Create(rest);
                await file.CopyToAsync(to, ct);
            }
            File.Move(rest, path, overwrite: true);
            return at;
        }
        finally
        {
            File.Delete(rest);
        }
    }

    /// <summary>Where media begins; null where that is not known. Pure.</summary>
    public static int? Find(ReadOnlySpan<byte> head)
    {
        for (var at = 0; at < head.Length; at++)
        {
            if (head[at] == Sync && Spacing(head[at..]) is { } size)
                return at < size ? 0 : at - (size == Disc ? Disc - PacketBytes[0] : 0);
            if (Begins(head[at..]))
                return at;
        }
        return null;
    }

    // Of these nothing says where in the file it is; and no media begins like an answer.
    private static bool IsCertain(ReadOnlySpan<byte> head, int at) =>
        head.StartsWith("HTTP/"u8)
        || head[at..].StartsWith("fLaC"u8)
        || Spacing(head[at..]) is not null
        || Spacing(head[(at + Disc - PacketBytes[0])..]) is not null;

    private static bool Begins(ReadOnlySpan<byte> head) => head switch
    {
        [0, 0, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => IsFileType(head),
        [0x06, 0x0E, 0x2B, 0x34, 2, 5, 1, 1, ..] => true,
        [0x1A, 0x45, 0xDF, 0xA3, ..] => EbmlHead.DocType(head) is not null,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] =>
            head.Length >= 12 && (head[8..12].SequenceEqual("AVI "u8) || head[8..12].SequenceEqual("WAVE"u8)),
        [(byte)'F', (byte)'L', (byte)'V', 1, var parts, 0, 0, 0, 9, ..] => (parts & 0xFA) == 0,
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', 0, 2, ..] => true,
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', 0, 0, 0, 34, ..] => true,
        [(byte)'I', (byte)'D', (byte)'3', >= 2 and <= 4, 0, _, < 0x80, < 0x80, < 0x80, < 0x80, ..] => true,
        [0x30, ..] => head.StartsWith(Asf),
        [0, 0, 1, 0xBA, var kind, ..] => (kind & 0xC4) == 0x44 || (kind & 0xF1) == 0x21,
        _ => false,
    };

    // A box of some brands, each four letters.
    private static bool IsFileType(ReadOnlySpan<byte> head)
    {
        var size = BinaryPrimitives.ReadInt32BigEndian(head);
        return size is >= 16 and <= LongestFileType && size % 4 == 0 && head.Length >= 12
            && !head[8..12].ContainsAnyExceptInRange((byte)' ', (byte)'~');
    }

    /// <summary>
    /// How far the packets of a transport stream are apart, in bytes, of which the first begins here; null where none does. A file may
    /// begin within one.
    /// </summary>
    internal static int? Spacing(ReadOnlySpan<byte> head)
    {
        // What is the same everywhere has it everywhere.
        if (head is not ([Sync, not Sync, ..]))
            return null;
        foreach (var size in PacketBytes)
        {
            var packets = 1;
            while (packets < Packets && packets * size < head.Length && head[packets * size] == Sync)
                packets++;
            if (packets == Packets)
                return size;
        }
        return null;
    }
}
