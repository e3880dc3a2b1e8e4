using AiDub.Domain.Languages;

namespace AiDub.Jobs.Engines.Recognition;

/// <summary>The languages of the Whisper models, and the names that servers report them by.</summary>
internal static class WhisperLanguages
{
    // openai/whisper, tokenizer.py, without Hawaiian, which has no code of two letters; Cantonese is reported as Chinese.
    private const string Names = """
        english en, chinese zh, german de, spanish es, russian ru, korean ko, french fr, japanese ja, portuguese pt, turkish tr,
        polish pl, catalan ca, dutch nl, arabic ar, swedish sv, italian it, indonesian id, hindi hi, finnish fi, vietnamese vi, hebrew he,
        ukrainian uk, greek el, malay ms, czech cs, romanian ro, danish da, hungarian hu, tamil ta, norwegian no, thai th, urdu ur,
        croatian hr, bulgarian bg, lithuanian lt, latin la, maori mi, malayalam ml, welsh cy, slovak sk, telugu te, persian fa,
        latvian lv, bengali bn, serbian sr, azerbaijani az, slovenian sl, kannada kn, estonian et, macedonian mk, breton br, basque eu,
        icelandic is, armenian hy, nepali ne, mongolian mn, bosnian bs, kazakh kk, albanian sq, swahili sw, galician gl, marathi mr,
        punjabi pa, sinhala si, khmer km, shona sn, yoruba yo, somali so, afrikaans af, occitan oc, georgian ka, belarusian be, tajik tg,
        sindhi sd, gujarati gu, amharic am, yiddish yi, lao lo, uzbek uz, faroese fo, haitian creole ht, pashto ps, turkmen tk,
        nynorsk nn, maltese mt, sanskrit sa, luxembourgish lb, myanmar my, tibetan bo, tagalog tl, malagasy mg, assamese as, tatar tt,
        lingala ln, hausa ha, bashkir ba, javanese jv, sundanese su, cantonese zh
        """;

    // What the same models are also reported to say.
    private const string OtherNames = """
        burmese my, valencian ca, flemish nl, haitian ht, letzeburgesch lb, pushto ps, panjabi pa, moldavian ro, moldovan ro,
        sinhalese si, castilian es, mandarin zh
        """;

    private static readonly Dictionary<string, string> ByName = $"{Names},{OtherNames}"
        .Split(',', StringSplitOptions.TrimEntries)
        .ToDictionary(pair => pair[..pair.LastIndexOf(' ')], pair => pair[(pair.LastIndexOf(' ') + 1)..], StringComparer.OrdinalIgnoreCase);

    /// <summary>As ISO 639-1.</summary>
    public static IReadOnlySet<string> All { get; } = ByName.Values.ToHashSet();

    /// <summary>The language that a server reports: <c>english</c>, <c>en</c>, <c>en-US</c>; null when it names none.</summary>
    public static string? Find(string? reported)
    {
        var name = reported?.Trim() ?? "";
        if (ByName.TryGetValue(name, out var code))
            return code;
        return name switch
        {
            "jw" => "jv",
            "yue" => "zh",
            _ => LanguageCode.TryParse(name, out var parsed) ? parsed : null,
        };
    }
}
