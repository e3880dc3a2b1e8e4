namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Tells whether a transport stream is scrambled, as a recording of a broadcast that is paid for is: each packet says so of itself
/// (ISO/IEC 13818-1, 2.4.3.3). Its tables are clear, so that what is in it is known, and none of it can be decoded.
/// </summary>
internal static class TransportScrambling
{
    private const int PacketBytes = 188;
    private const int MostBytes = 4 << 20;
    private const byte Sync = 0x47;

    // Fewer may be anything that looks like packets by chance.
    private const int LeastPackets = 20;

    /// <summary>Whether most packets of a file that hold anything are scrambled.</summary>
    public static async Task<bool> IsThereAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[(int)Math.Min(MostBytes, file.Length)];
        await file.ReadExactlyAsync(head, ct);
        return IsThere(head);
    }

    /// <summary>The same of what a file begins with; pure.</summary>
    public static bool IsThere(ReadOnlySpan<byte> head)
    {
        var (clear, scrambled) = (0, 0);
        for (var at = 0; at + PacketBytes < head.Length;)
        {
            // Of 188 bytes each, or of 192 on discs: what comes next is a packet too.
            if (head[at] != Sync || (head[at + PacketBytes] != Sync
                && (at + PacketBytes + 4 >= head.Length || head[at + PacketBytes + 4] != Sync)))
            {
                at++;
                continue;
            }
            var pid = ((head[at + 1] & 0x1F) << 8) | head[at + 2];
            if (pid is > 0x1F and < 0x1FFF)
                _ = (head[at + 3] & 0xC0) == 0 ? clear++ : scrambled++;
            at += PacketBytes;
        }
        return scrambled > clear && scrambled >= LeastPackets;
    }
}
