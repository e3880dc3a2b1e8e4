using System.Globalization;
using System.Text;
using AiDub.Domain.Languages;

namespace AiDub.Jobs.Dubbing.Steps.Texts;

/// <summary>Chooses among encodings of one and two bytes by what the letters would be.</summary>
internal static class CodePages
{
    // The encodings that files in a language come in, the likeliest first.
    private static readonly Dictionary<string, int[]> ByLanguage = Table(
        ("cs pl sk hu sl hr bs ro sq", [1250, 28592, 852]),
        ("ru uk be bg mk sr kk ky tg tt ba mn", [1251, 20866, 21866, 28595, 866]),
        ("el", [1253, 28597]),
        ("tr az", [1254, 28599]),
        ("he yi", [1255, 28598, 862]),
        ("ar fa ur ps", [1256, 28596]),
        ("et lv lt", [1257, 28594, 28603]),
        ("vi", [1258, 1252]),
        ("th", [874]),
        ("ja", [932, 51932, 50220]),
        ("zh", [54936, 950]),
        ("ko", [949, 51949]));

    // Statistics decide where the letters do not.
    private const double Detection = 0.02;

    private static readonly int[] Western = [1252, 28605];
    private static readonly int[] Any = [1252, 1250, 1251, 1253, 1254, 1255, 1256, 874, 20866, 932, 51932, 54936, 950, 949];

    // Each of the commonest characters of running Chinese, in the old and the new forms; rare ones tell of a wrong guess.
    private const string CommonHan = "的一是不了在有人我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里裡所今天好";

    /// <summary>The encoding that makes the best of the bytes.</summary>
    /// <param name="bytes">Not UTF-8.</param>
    /// <param name="language">ISO 639-1; null when it is not known.</param>
    /// <param name="detected">What statistics took the bytes for; null when they say nothing.</param>
    public static Encoding Best(ReadOnlySpan<byte> bytes, string? language, Encoding? detected)
    {
        var pages = language is null ? Any : ByLanguage.GetValueOrDefault(language, Western);
        var candidates = pages.Select(Of).OfType<Encoding>().ToList();
        if (language is null && detected is not null && candidates.TrueForAll(c => c.CodePage != detected.CodePage))
            candidates.Insert(0, detected);
        var script = language is null ? null : WritingSystem.Of(language).Script;
        var (best, most) = (candidates[0], double.MinValue);
        foreach (var candidate in candidates)
        {
            var score = Score(candidate.GetString(bytes), script) + (candidate.CodePage == detected?.CodePage ? Detection : 0);
            if (score > most)
                (best, most) = (candidate, score);
        }
        return best;
    }

    private static Encoding? Of(int page)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(page) ?? Encoding.GetEncoding(page);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // The mean over characters that are not ASCII of how well each fits: letters of the script do, control characters, symbols within words
    // and capitals after small letters do not.
    private static double Score(string text, string? script)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAscii(text[i]))
                continue;
            count++;
            sum += Score(text, i, script);
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double Score(string text, int i, string? script)
    {
        var c = text[i];
        var category = char.GetUnicodeCategory(c);
        if (c == '\uFFFD' || category is UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            return -5;
        // What decodes to half-width kana is nearly always something else.
        if (c is >= '\uFF61' and <= '\uFF9F')
            return -1;
        var isWithin = i > 0 && i + 1 < text.Length && char.IsLetter(text[i - 1]) && char.IsLetter(text[i + 1]);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            return 0.8;
        if (char.IsPunctuation(c))
            return isWithin ? -0.5 : 0.8;
        if (!char.IsLetter(c))
            return isWithin ? -2 : -0.2;
        if (char.IsUpper(c) && i > 0 && char.IsLower(text[i - 1]))
            return -1;
        var han = c is >= '\u3400' and <= '\u9FFF';
        if (han)
            return CommonHan.Contains(c) ? 2 : script is null or "Hans" or "Jpan" ? 0.3 : -1;
        if (c is >= '\u3040' and <= '\u30FF')
            return script is null or "Jpan" ? 1.5 : -1;
        return script is null || script == WritingSystem.ScriptOf(new Rune(c)) ? 1 : -1;
    }

    private static Dictionary<string, int[]> Table(params (string Languages, int[] Pages)[] rows) =>
        rows.SelectMany(r => r.Languages.Split(' ').Select(l => (l, r.Pages))).ToDictionary(r => r.l, r => r.Pages);
}
