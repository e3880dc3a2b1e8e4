namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Tells whether something in a transport stream is scrambled, as in a recording of a broadcast that is paid for: each packet says so of
/// itself (ISO/IEC 13818-1, 2.4.3.3). Its tables are clear, so that what is in it is known, and none of it can be decoded.
/// </summary>
internal static class TransportScrambling
{
    private const int PacketBytes = 188;
    private const int MostBytes = 4 << 20;
    private const byte Sync = 0x47;

    // The numbers between those of tables and that of packets which fill up.
    private const int FirstOfStreams = 0x20;
    private const int Filling = 0x1FFF;

    // Fewer may be damage.
    private const int LeastPackets = 5;

    /// <summary>Whether most packets of a stream in a file are scrambled; false of whatever is no transport stream.</summary>
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
        var streams = new Dictionary<int, (int Clear, int Scrambled)>();
        for (var at = 0; at + PacketBytes <= head.Length;)
        {
            // Bytes that look like the beginning of a packet are everywhere; a row of them at one distance is not.
            if (head[at] != Sync || LeadingBytes.Spacing(head[at..]) is not { } spacing)
            {
                at++;
                continue;
            }
            for (; at + PacketBytes <= head.Length && head[at] == Sync; at += spacing)
            {
                var (number, isScrambled) = (((head[at + 1] & 0x1F) << 8) | head[at + 2], (head[at + 3] & 0xC0) != 0);
                if (number is < FirstOfStreams or Filling)
                    continue;
                var (clear, scrambled) = streams.GetValueOrDefault(number);
                streams[number] = isScrambled ? (clear, scrambled + 1) : (clear + 1, scrambled);
            }
        }
        return streams.Values.Any(counted => counted.Scrambled > counted.Clear && counted.Scrambled >= LeastPackets);
    }
}
