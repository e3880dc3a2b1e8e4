using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// What FLV says of its picture: a recorder writes it again where a stream begins again, mostly the same (Adobe Flash Video File Format
/// 10.1, annex E).
/// </summary>
internal static class FlvHeads
{
    private const int FileHead = 9;
    private const int TagHead = 15;
    private const byte Picture = 9;
    private const int MostBytes = 65536;

    // After the kind of picture and its codec: that it is no picture but what is said of it.
    private const byte Said = 0;

    /// <summary>Whether it says different things.</summary>
    public static async Task<bool> DifferAsync(string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        var (head, first) = (new byte[TagHead + 2], null as byte[]);
        for (long at = FileHead; at + head.Length <= file.Length;)
        {
            file.Position = at;
            await file.ReadExactlyAsync(head, ct);
            var size = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)) & 0xFFFFFF;
            if (head[4] == Picture && size is > 5 and <= MostBytes && head[TagHead + 1] == Said && IsOfSuch(head[TagHead]))
            {
                var said = new byte[Math.Min(size, file.Length - at - TagHead)];
                file.Position = at + TagHead;
                await file.ReadExactlyAsync(said, ct);
                first ??= said;
                if (!said.AsSpan().SequenceEqual(first))
                    return true;
            }
            at += TagHead + size;
        }
        return false;
    }

    // A key picture of H.264, or of HEVC as Chinese services number it.
    private static bool IsOfSuch(byte kind) => kind is 0x17 or 0x1C;
}
