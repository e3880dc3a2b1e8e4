using System.Buffers;
using System.Text;

namespace AiDub.Jobs.Dubbing.Steps.Texts;

/// <summary>Reads UTF-8, also where a few of its characters were damaged or pasted from another encoding.</summary>
internal static class Utf8Text
{
    // So many characters must be right for one that is wrong.
    private const int RightForWrong = 4;

    /// <summary>The text, a wrong byte read as Windows-1252; false when too many are wrong for it to be UTF-8.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string text, out int wrong)
    {
        wrong = 0;
        var right = 0;
        var read = new StringBuilder(bytes.Length);
        var other = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        while (bytes.Length > 0)
        {
            var plain = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (plain != 0)
            {
                var ascii = plain < 0 ? bytes : bytes[..plain];
                read.Append(Encoding.ASCII.GetString(ascii));
                bytes = bytes[ascii.Length..];
                continue;
            }
            var isRight = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done;
            (right, wrong) = isRight ? (right + 1, wrong) : (right, wrong + 1);
            read.Append(isRight ? rune.ToString() : other.GetString(bytes[..1]));
            bytes = bytes[(isRight ? length : 1)..];
        }
        text = read.ToString();
        return wrong == 0 || right >= RightForWrong * wrong;
    }
}
