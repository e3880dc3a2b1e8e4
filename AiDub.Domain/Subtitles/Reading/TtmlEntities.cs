using System.Net;
using System.Text;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Makes XML readable that people wrote as HTML: a bare <c>&amp;</c>, and HTML's names of characters, which XML does not know.
/// </summary>
internal static class TtmlEntities
{
    private const int LongestName = 12;
    private static readonly string[] Known = ["amp", "lt", "gt", "quot", "apos"];

    /// <summary>
    /// The text with every <c>&amp;</c> the beginning of something that XML knows; without characters before the first element.
    /// </summary>
    public static string Plain(string text)
    {
        text = text.Replace("\0", "").TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (!text.Contains('&'))
            return text;
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '&')
            {
                plain.Append(text[at]);
                continue;
            }
            var end = text.AsSpan(at, Math.Min(LongestName, text.Length - at)).IndexOf(';');
            var name = end < 0 ? default : text.AsSpan(at + 1, end - 1);
            if (end > 1 && (name[0] == '#' || Contains(name)))
                plain.Append('&');
            else if (end > 1 && WebUtility.HtmlDecode(text.Substring(at, end + 1)) is { Length: 1 } letter)
            {
                plain.Append(letter);
                at += end;
            }
            else
                plain.Append("&amp;");
        }
        return plain.ToString();
    }

    private static bool Contains(ReadOnlySpan<char> name)
    {
        foreach (var known in Known)
        {
            if (name.SequenceEqual(known))
                return true;
        }
        return false;
    }
}
