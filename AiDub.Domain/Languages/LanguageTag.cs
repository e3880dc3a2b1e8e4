using System.Globalization;

namespace AiDub.Domain.Languages;

/// <summary>A language as BCP 47 (RFC 5646) tags it, normalised: <c>pt-BR</c>, <c>zh-Hant-TW</c>, <c>id</c>.</summary>
/// <param name="Language">ISO 639-1, lower case.</param>
/// <param name="Script">ISO 15924, such as <c>Hant</c>; null when the tag names none.</param>
/// <param name="Region">ISO 3166-1 in capitals or three digits of UN M.49, such as <c>BR</c> or <c>419</c>; null when the tag names
/// none.</param>
public sealed record LanguageTag(string Language, string? Script = null, string? Region = null)
{
    private static readonly HashSet<string> Scripts =
    [
        .. """
            Adlm Arab Armn Beng Bopo Brai Cans Cher Copt Cyrl Deva Ethi Geor Goth Grek Gujr Guru Hang Hani Hans Hant Hebr Hira Java Jpan
            Kana Khmr Knda Kore Laoo Latn Mlym Mong Mtei Mymr Nkoo Olck Orya Rohg Sinh Sund Syrc Taml Telu Tfng Thaa Thai Tibt Vaii Yiii
            """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
    ];

    private static readonly Lazy<HashSet<string>> Regions = new(() =>
    [
        .. CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(c => c.Name.Split('-').Last(p => p.Length is 2 or 3)),
        "AQ", "BV", "TF", "HM", "GS",
    ]);

    /// <summary>
    /// Reads a tag in any case, with <c>-</c> or <c>_</c>; withdrawn codes (<c>in</c>, <c>iw</c>) and three letters (<c>ind</c>) become ISO
    /// 639-1. Variants and extensions are checked for their form and left out. False when the language has no ISO 639-1 code, or script or
    /// region do not exist.
    /// </summary>
    public static bool TryParse(string? text, out LanguageTag tag)
    {
        tag = null!;
        if (!LanguageCode.TryParse(text, out var language))
            return false;
        var parts = text!.Trim().Split('-', '_')[1..];
        var at = 0;
        // Chinese and Arabic tags may hold a second language of three letters: zh-cmn-Hans.
        while (at < parts.Length && at < 3 && parts[at].Length == 3 && parts[at].All(char.IsAsciiLetter))
            at++;
        string? script = null, region = null;
        if (at < parts.Length && parts[at].Length == 4 && char.IsAsciiLetter(parts[at][0]))
        {
            script = char.ToUpperInvariant(parts[at][0]) + parts[at][1..].ToLowerInvariant();
            at++;
        }
        if (at < parts.Length && (parts[at].Length == 2 || (parts[at].Length == 3 && parts[at].All(char.IsAsciiDigit))))
            region = parts[at++].ToUpperInvariant();
        if ((script is not null && !Scripts.Contains(script))
            || (region is not null && !Regions.Value.Contains(region))
            || !IsTail(parts[at..]))
            return false;
        tag = new LanguageTag(language, script, region);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('-', new[] { Language, Script, Region }.Where(p => p is not null));

    // Variants (5 to 8 characters, or 4 that begin with a digit), then extensions that each begin with a single character and hold
    // something.
    private static bool IsTail(ReadOnlySpan<string> parts)
    {
        var at = 0;
        while (at < parts.Length && (parts[at].Length >= 5 || (parts[at].Length == 4 && char.IsAsciiDigit(parts[at][0]))))
            at++;
        return at == parts.Length || (parts[at].Length == 1 && parts[^1].Length > 1);
    }
}
