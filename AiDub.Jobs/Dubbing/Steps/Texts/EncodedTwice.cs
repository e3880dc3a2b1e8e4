using System.Buffers;
using System.Text;

namespace AiDub.Jobs.Dubbing.Steps.Texts;

/// <summary>
/// Takes back that a program took the bytes of UTF-8 for letters of Windows-1252 or Latin-1 and wrote these: <c>Ã±</c> for <c>ñ</c>.
/// </summary>
internal static class EncodedTwice
{
    // So often may it have been done.
    private const int MostTimes = 3;

    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(
        1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    // Of the bytes that go on a letter of UTF-8 those that stand behind no letter: not … ‘ ’ “ ” – — ™ « ® » and no space.
    private static readonly SearchValues<byte> NotBehindLetters = SearchValues.Create(
    [
        .. Enumerable.Range(0x80, 0x40).Select(i => (byte)i)
            .Except<byte>([0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x99, 0xA0, 0xAB, 0xAE, 0xBB]),
    ]);

    // Accents that stand behind their letter, as they do in texts that take letters apart.
    private static readonly SearchValues<char> LatinMarks = SearchValues.Create(
        "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030A\u030B\u030C\u031B\u0323\u0327\u0328");

    // Letters of Greek, Cyrillic, Arabic and others are two bytes of UTF-8, as two letters that stand together may look.
    private const char FirstOther = '\u0250';
    private const char LastOfTwoBytes = '\u07FF';

    /// <summary>The text as it was; null where it was not encoded twice.</summary>
    public static string? Undo(string text)
    {
        string? undone = null;
        for (var times = 0; times < MostTimes && !Ascii.IsValid(undone ?? text) && Once(undone ?? text) is { } once; times++)
            undone = once;
        return undone;
    }

    // Words in capitals may end so by themselves ("AMANHÃ…", of which Å would be made), but only before what follows letters; and what
    // they hold may look so ("MÔŽE", of which a Cyrillic letter would be made), but makes a word of letters that do not go together.
    private static string? Once(string text)
    {
        try
        {
            var bytes = BytesOf(text);
            var once = Strict.GetString(bytes);
            return bytes.AsSpan().ContainsAny(NotBehindLetters) && !HasMixedWord(once) ? once : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool HasMixedWord(string text)
    {
        var (hasLatin, hasOther) = (false, false);
        foreach (var c in text)
        {
            if (c > LastOfTwoBytes || (!char.IsLetter(c) && (c < FirstOther || LatinMarks.Contains(c))))
                (hasLatin, hasOther) = (false, false);
            else if (c < FirstOther)
                hasLatin = true;
            else
                hasOther = true;
            if (hasLatin && hasOther)
                return true;
        }
        return false;
    }

    // Other programs than those of Windows write the control characters of Latin-1, in place of the letters that it has there.
    private static byte[] BytesOf(string text)
    {
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
            bytes[i] = text[i] <= 0xFF ? (byte)text[i] : Western.GetBytes(text, i, 1)[0];
        return bytes;
    }
}
