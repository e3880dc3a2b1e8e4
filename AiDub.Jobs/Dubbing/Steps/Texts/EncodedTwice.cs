using System.Buffers;
using System.Text;

namespace AiDub.Jobs.Dubbing.Steps.Texts;

/// <summary>
/// Takes back that a program took the bytes of UTF-8 for letters of another encoding and wrote these: <c>Ã±</c> for <c>ñ</c>.
/// </summary>
internal static class EncodedTwice
{
    // So often may it have been done.
    private const int MostTimes = 3;

    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What programs take for the system's encoding: that of Windows in the West, in Central Europe and in Cyrillic, of DOS and of Macs.
    private static readonly Encoding[] Pages =
    [
        .. new[] { 1252, 1250, 1251, 850, 10000 }.Select(page =>
            CodePagesEncodingProvider.Instance.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!),
    ];

    // Of the bytes that go on a letter of UTF-8 those that stand behind no letter: not … ‘ ’ “ ” – — ™ « ® » and no space.
    private static readonly SearchValues<byte> NotBehindLetters = SearchValues.Create(
    [
        .. Enumerable.Range(0x80, 0x40).Select(i => (byte)i)
            .Except<byte>([0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x99, 0xA0, 0xAB, 0xAE, 0xBB]),
    ]);

    /// <summary>The text as it was; null where it was not encoded twice.</summary>
    public static string? Undo(string text)
    {
        string? undone = null;
        for (var times = 0; times < MostTimes && !Ascii.IsValid(undone ?? text); times++)
        {
            if (Pages.Select(page => Once(undone ?? text, page)).FirstOrDefault(once => once is not null) is not { } once)
                break;
            undone = once;
        }
        return undone;
    }

    // Words in capitals may end so by themselves ("AMANHÃ…", of which Å would be made), but only before what follows letters.
    private static string? Once(string text, Encoding page)
    {
        try
        {
            var bytes = page.CodePage == 1252 ? Western(text, page) : page.GetBytes(text);
            var once = Strict.GetString(bytes);
            return bytes.AsSpan().ContainsAny(NotBehindLetters) ? once : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Other programs than those of Windows write the control characters of Latin-1, in place of the letters that it has there.
    private static byte[] Western(string text, Encoding page)
    {
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
            bytes[i] = text[i] <= 0xFF ? (byte)text[i] : page.GetBytes(text, i, 1)[0];
        return bytes;
    }
}
