namespace AiDub.Domain.Speech;

/// <summary>How languages say the signs that stand in texts, for voices to which the signs are nothing.</summary>
/// <remarks>
/// eSpeak NG 1.51 says nothing of <c>℃ № ‰</c> in nearly any language, of <c>§ £ ¥ ×</c> in nine of ten, of <c>€ °</c> in three of four,
/// and each of <c>&amp; % = # / @</c> in some (measured over all of its voices). What a language has no word for here is said as English
/// says it if most voices leave it out, and is left to the voice if nearly all know it.
/// </remarks>
internal static class SignWords
{
    // Languages and eSpeak's names for them that are said as another is.
    private static readonly Dictionary<string, string> Kin = new(StringComparer.Ordinal)
    {
        ["no"] = "nb",
        ["nn"] = "nb",
        ["sh"] = "hr",
        ["gl"] = "pt",
        ["yue"] = "zh",
        ["cmn"] = "zh",
        ["hak"] = "zh",
        ["hyw"] = "hy",
        ["chr"] = "en",
        ["ltg"] = "lv",
        ["nci"] = "es",
        ["ky"] = "ru",
        ["tt"] = "ru",
        ["ba"] = "ru",
        ["cv"] = "ru",
        ["an"] = "es",
        ["kok"] = "mr",
        ["bpy"] = "bn",
        ["as"] = "bn",
    };

    // What nearly every voice says by itself.
    private const string Known = "&%+=@#/²½¼";

    private static readonly Lazy<Dictionary<string, Dictionary<string, string>>> ByLanguage = new(Read);

    // Money that only English has a word for here.
    private static readonly Dictionary<string, string> Money = new(StringComparer.Ordinal)
    {
        ["₹"] = "rupees",
        ["₽"] = "roubles",
        ["₩"] = "won",
        ["₺"] = "lira",
        ["₴"] = "hryvnias",
        ["₪"] = "shekels",
        ["₫"] = "dong",
        ["₦"] = "naira",
        ["¢"] = "cents",
    };

    /// <summary>What is said for a sign; null when it is left to the voice.</summary>
    /// <param name="sign">Such as <c>§</c>; <c>~</c> before a number, <c>~~</c> between two.</param>
    /// <param name="language">As ISO 639-1.</param>
    public static string? Of(string sign, string language)
    {
        if (Money.TryGetValue(sign, out var money))
            return money;
        var words = ByLanguage.Value.GetValueOrDefault(language) ?? ByLanguage.Value.GetValueOrDefault(Kin.GetValueOrDefault(language, ""));
        if (words is not null && words.TryGetValue(sign, out var word))
            return word;
        return Known.Contains(sign, StringComparison.Ordinal) ? null : ByLanguage.Value["en"].GetValueOrDefault(sign);
    }

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        var languages = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var row in SignTable.Words.Split('\n').Aggregate(new List<string>(), Joined))
        {
            var words = row[3..].Split('|');
            var known = SignTable.Signs.Zip(words).Where(w => w.Second.Length > 0);
            languages.Add(row[..2], known.ToDictionary(w => w.First, w => w.Second, StringComparer.Ordinal));
        }
        return languages;
    }

    // A line that begins with spaces goes on with the language before.
    private static List<string> Joined(List<string> rows, string line)
    {
        if (line[0] != ' ')
            rows.Add(line);
        else
            rows[^1] += '|' + line.TrimStart();
        return rows;
    }
}
