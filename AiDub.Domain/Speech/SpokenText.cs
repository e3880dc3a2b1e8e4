using System.Globalization;
using System.Text;

namespace AiDub.Domain.Speech;

/// <summary>Text as a voice takes it.</summary>
public static class SpokenText
{
    /// <summary>Whether a voice has anything to say: there is a letter or a digit of any script.</summary>
    public static bool IsSpeakable(string text) => text.EnumerateRunes().Any(r => Rune.IsLetterOrDigit(r));

    /// <summary>
    /// One line of plain text in which nothing is markup: line breaks and control characters become spaces, emoji and other pictures go,
    /// and &lt;, &gt; and &amp; do too (each engine would read some of them as a command or by name).
    /// </summary>
    public static string ToPlain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (IsSilent(rune))
                plain.Append(' ');
            else
                plain.Append(rune);
        }
        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsSilent(Rune rune) => rune.Value switch
    {
        '<' or '>' or '&' or '[' or ']' or '{' or '}' or '|' or '\\' or '^' or '`' or '~' => true,
        // Variation selectors choose a picture's looks.
        >= 0xFE00 and <= 0xFE0F or 0xFFFD => true,
        '°' => false,
        _ => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherSymbol or UnicodeCategory.OtherNotAssigned or UnicodeCategory.ModifierSymbol,
    };
}
