using System.Text;

namespace AiDub.Domain.Speech;

/// <summary>
/// Makes characters plain that are another in other dress: <c>㎡</c> m², <c>５％</c> 5%, <c>①</c> 1, <c>Ⅳ</c> IV, <c>ﬁ</c> fi.
/// </summary>
/// <remarks>
/// Unicode's compatibility composition (NFKC) would also make <c>m²</c> m2, <c>…</c> three stops and <c>™</c> TM; only some blocks are
/// composed.
/// </remarks>
internal static class CompatibleForms
{
    /// <summary>The text in plain characters.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsDressed(rune.Value))
                plain.Append(rune);
            else if (rune.Value is >= 0x3371 and <= 0x33DF)
                plain.Append(Raised(rune.ToString().Normalize(NormalizationForm.FormKC)));
            else
                plain.Append(rune.ToString().Normalize(NormalizationForm.FormKC));
        }
        return plain.ToString();
    }

    // Full-width letters, digits and signs, but not the punctuation by which Chinese and Japanese voices pause.
    private static bool IsDressed(int rune) => rune is (>= 0xFF10 and <= 0xFF19) or (>= 0xFF21 and <= 0xFF3A) or (>= 0xFF41 and <= 0xFF5A)
        or 0xFF03 or 0xFF04 or 0xFF05 or 0xFF06 or 0xFF0B or 0xFF0F or 0xFF1D or 0xFF20 or 0xFF5E or (>= 0xFFE0 and <= 0xFFE6)
        or 0x2103 or 0x2109 or 0x2113 or 0x212A or 0x212B or (>= 0x2160 and <= 0x217F) or (>= 0x2460 and <= 0x24EA)
        or (>= 0x3371 and <= 0x33DF) or (>= 0xFB00 and <= 0xFB06) or (>= 0x1D400 and <= 0x1D7FF);

    private static string Raised(string unit)
    {
        unit = unit.Replace('∕', '/');
        return unit[^1] is '2' or '3' ? unit[..^1] + (unit[^1] == '2' ? '²' : '³') : unit;
    }
}
