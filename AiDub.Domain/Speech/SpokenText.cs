using System.Globalization;
using System.Text;

namespace AiDub.Domain.Speech;

/// <summary>Text as a voice takes it.</summary>
public static class SpokenText
{
    /// <summary>Whether a voice has anything to say: there is a letter or a digit of any script.</summary>
    public static bool IsSpeakable(string text) => text.EnumerateRunes().Any(r => Rune.IsLetterOrDigit(r));

    /// <summary>
    /// One line of plain text in which nothing is markup and signs are words (<c>25 ℃</c> is <c>25 degrees Celsius</c>): line breaks and
    /// control characters become spaces, emoji and other pictures go, and &lt; and &gt; do too (engines would read some of them as a
    /// command).
    /// </summary>
    /// <param name="text">As subtitles show it.</param>
    /// <param name="language">The language of the words, as ISO 639-1.</param>
    public static string ToPlain(string text, string language)
    {
        var plain = new StringBuilder(text.Length);
        foreach (
            var rune in SpokenSigns.Say(CompatibleForms.Plain(Whole(text).Normalize(NormalizationForm.FormC)), language).EnumerateRunes())
        {
            // A joiner joins pictures; in letters it has a meaning.
            if (rune.Value == 0x200D && (plain.Length == 0 || plain[^1] == ' '))
                continue;
            if (IsSilent(rune))
                plain.Append(' ');
            else
                plain.Append(rune);
        }
        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    // Half a surrogate pair cannot be normalised.
    private static string Whole(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            whole.Append(rune);
        return whole.ToString();
    }

    private static bool IsSilent(Rune rune) => rune.Value switch
    {
        '<' or '>' or '[' or ']' or '{' or '}' or '|' or '\\' or '^' or '`' or '~' => true,
        // Variation selectors choose a picture's looks.
        >= 0xFE00 and <= 0xFE0F or 0xFFFD or 0x20E3 or >= 0xE0000 => true,
        '°' => false,
        _ => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherSymbol or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.ModifierSymbol,
    };
}
