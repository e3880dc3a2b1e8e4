using System.Text;

namespace AiDub.Domain.Subtitles;

/// <summary>The characters of a subtitle file: UTF-8, or UTF-16 where a byte order mark says so.</summary>
public static class SubtitleBytes
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Reads a file's bytes.</summary>
    /// <exception cref="SubtitleFormatException">They are in another encoding.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, .. var little])
            return Decode(new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true), little);
        if (bytes is [0xFE, 0xFF, .. var big])
            return Decode(new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true), big);
        return Decode(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), bytes);
    }

    private static string Decode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var before = bytes[..Math.Clamp(e.Index, 0, bytes.Length)];
            throw new SubtitleFormatException(1 + before.Count((byte)'\n'), "the characters are not encoded as UTF-8");
        }
    }
}
