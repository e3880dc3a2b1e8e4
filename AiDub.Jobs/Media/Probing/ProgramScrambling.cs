namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Tells whether a program stream was copied from a disc without its key, as a VOB of a DVD: packets say so of themselves (ISO/IEC 13818-1,
/// 2.4.3.7). Their heads and some of the others are clear, so that decoders show what is left between garbage.
/// </summary>
internal static class ProgramScrambling
{
    private const int MostBytes = 16 << 20;

    // Of a packet: the prefix, its stream, its length of two bytes, and what it says of itself.
    private const int PacketHead = 7;

    // Fewer may be damage; of a disc some in ten are scrambled at least.
    private const int LeastPackets = 5;
    private const int LeastShare = 10;

    /// <summary>Whether packets of picture or sound in a file are scrambled; false of whatever is no program stream.</summary>
    public static async Task<bool> IsThereAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var start = await SoundBehind.ReadAsync(file, 0, 4, ct);
        return start is [0, 0, 1, 0xBA]
            && IsThere(await SoundBehind.ReadAsync(file, 0, (int)Math.Min(MostBytes, file.Length), ct));
    }

    /// <summary>The same of what a file begins with; pure.</summary>
    public static bool IsThere(ReadOnlySpan<byte> head)
    {
        var (clear, scrambled) = (0, 0);
        while (head.IndexOf((ReadOnlySpan<byte>)[0, 0, 1]) is >= 0 and var at && at + PacketHead <= head.Length)
        {
            head = head[at..];
            var length = (head[4] << 8) | head[5];

            // Private streams, as of AC-3, sounds and pictures, of MPEG-2: MPEG-1 has no such bits.
            var isPacket = head[3] is 0xBD or (>= 0xC0 and <= 0xEF) && length > 0 && (head[6] & 0xC0) == 0x80;
            if (isPacket && (head[6] & 0x30) != 0)
                scrambled++;
            else if (isPacket)
                clear++;
            head = head[(isPacket ? Math.Min(6 + length, head.Length) : 3)..];
        }
        return scrambled >= LeastPackets && scrambled * LeastShare >= clear;
    }
}
