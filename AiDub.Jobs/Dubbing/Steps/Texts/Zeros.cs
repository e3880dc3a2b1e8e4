using System.Text;

namespace AiDub.Jobs.Dubbing.Steps.Texts;

/// <summary>
/// Tells UTF-16 and UTF-32 without a mark by where bytes are 0: the digits and line ends of a subtitle file have them, text of one byte
/// none.
/// </summary>
internal static class Zeros
{
    private const double LeastShare = 0.2;
    private const double MostOther = 0.05;

    /// <summary>The encoding; null when it is neither.</summary>
    public static Encoding? EncodingOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8)
            return null;
        Span<int> zeros = stackalloc int[4];
        for (var i = 0; i < bytes.Length; i++)
            zeros[i & 3] += bytes[i] == 0 ? 1 : 0;
        var quarter = bytes.Length / 4.0;
        var (even, odd) = ((zeros[0] + zeros[2]) / (2 * quarter), (zeros[1] + zeros[3]) / (2 * quarter));
        if (zeros[3] > 0.9 * quarter && zeros[2] > 0.9 * quarter && zeros[0] < MostOther * quarter)
            return new UTF32Encoding(bigEndian: false, byteOrderMark: false);
        if (zeros[0] > 0.9 * quarter && zeros[1] > 0.9 * quarter && zeros[3] < MostOther * quarter)
            return new UTF32Encoding(bigEndian: true, byteOrderMark: false);
        if (odd > LeastShare && even < MostOther)
            return Encoding.Unicode;
        return even > LeastShare && odd < MostOther ? Encoding.BigEndianUnicode : null;
    }
}
