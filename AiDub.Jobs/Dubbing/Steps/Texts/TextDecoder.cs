using System.Text;
using AiDub.Domain.Subtitles;
using UtfUnknown;

namespace AiDub.Jobs.Dubbing.Steps.Texts;

/// <summary>The characters of a file.</summary>
/// <param name="Text">The characters, without a byte order mark.</param>
/// <param name="Doubt">What was supposed of them, for a person, where nothing in the file says it; null when there is no doubt.</param>
public sealed record DecodedText(string Text, string? Doubt);

/// <summary>
/// Finds out how a text file is encoded: by its mark, by being valid UTF-8, by its zeros, else by what its letters would be.
/// </summary>
public static class TextDecoder
{
    private const double SureEnough = 0.5;

    static TextDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads a file's bytes; no bytes are refused, however wrong.</summary>
    /// <param name="bytes">All of the file.</param>
    /// <param name="language">The language that it should be in, as ISO 639-1; null when that is not known.</param>
    /// <exception cref="SubtitleFormatException">There are more than <see cref="SubtitleBytes.MaxBytes"/>.</exception>
    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string? language = null)
    {
        if (bytes.Length > SubtitleBytes.MaxBytes)
            throw new SubtitleFormatException(1, "the file is larger than 8 MB");
        if (Marked(bytes) is { } marked)
            return Once(new DecodedText(marked, null));
        if (Zeros.EncodingOf(bytes) is { } wide)
            return new DecodedText(wide.GetString(bytes), $"read as {wide.WebName}, which it does not say");
        if (Utf8Text.TryDecode(bytes, out var text, out var wrong))
            return Once(new DecodedText(text, wrong > 0 ? $"read as UTF-8, though {wrong} of its characters are not" : null));
        var encoding = CodePages.Best(bytes, language, Detected(bytes));
        return new DecodedText(encoding.GetString(bytes), $"read as {encoding.WebName}, since it is not UTF-8");
    }

    private static DecodedText Once(DecodedText read) =>
        read.Doubt is null && EncodedTwice.Undo(read.Text) is { } text
            ? new DecodedText(text, "read as UTF-8 that was encoded twice")
            : read;

    private static string? Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, .. var rest] when rest.Length > 0 => new UTF32Encoding(bigEndian: false, byteOrderMark: false).GetString(rest),
        [0, 0, 0xFE, 0xFF, .. var rest] => new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetString(rest),
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        [0xEF, 0xBB, 0xBF, .. var rest] when Utf8Text.TryDecode(rest, out var text, out var wrong) && wrong == 0 => text,
        _ => null,
    };

    private static Encoding? Detected(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return CharsetDetector.DetectFromBytes(bytes.ToArray()).Detected is { Confidence: > (float)SureEnough } found
                ? found.Encoding
                : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
