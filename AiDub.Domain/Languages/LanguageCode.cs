using System.Globalization;

namespace AiDub.Domain.Languages;

/// <summary>Languages as ISO 639-1 names them: two lower-case letters.</summary>
public static class LanguageCode
{
    /// <summary>What stands for the language where nothing is said (ISO 639-2).</summary>
    public const string Undetermined = "und";

    private static readonly HashSet<string> Known = [.. (
        "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu " +
        "fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km " +
        "kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om " +
        "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to " +
        "tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu").Split(' ')];

    // Codes that ISO 639-1 withdrew in 1989 and that older front ends still send.
    private static readonly Dictionary<string, string> Withdrawn = new() { ["in"] = "id", ["iw"] = "he", ["ji"] = "yi" };

    // ISO 639-2/B, and languages of ISO 639-3 that stand for the language which has the two letters.
    private const string Bibliographic = """
        alb=sq arm=hy baq=eu bur=my chi=zh cze=cs dut=nl fre=fr geo=ka ger=de gre=el ice=is mac=mk mao=mi may=ms per=fa rum=ro slo=sk
        tib=bo wel=cy cmn=zh arb=ar pes=fa zsm=ms swh=sw ekk=et lvs=lv khk=mn npi=ne ory=or als=sq uzn=uz hbs=sh fil=tl
        """;

    private static readonly Lazy<Dictionary<string, string>> ByThreeLetters = new(ThreeLetters);

    /// <summary>
    /// The language of a tag such as <c>id</c>, <c>ID</c>, <c>pt-BR</c>, the withdrawn <c>in</c> or the three letters <c>ind</c>; false
    /// when it names none. What follows the language is not judged; <see cref="LanguageTag"/> does that.
    /// </summary>
    public static bool TryParse(string? tag, out string code)
    {
        code = "";
        if (tag is null || tag.Length > 35)
            return false;
        var parts = tag.Trim().Replace('_', '-').ToLowerInvariant().Split('-');
        if (parts.Any(p => p.Length is 0 or > 8 || !p.All(char.IsAsciiLetterOrDigit)))
            return false;
        var primary = Withdrawn.GetValueOrDefault(parts[0], parts[0]);
        if (primary.Length == 3)
            primary = ByThreeLetters.Value.GetValueOrDefault(primary, primary);
        if (!Known.Contains(primary))
            return false;
        code = primary;
        return true;
    }

    /// <summary>Every language that there is a code for.</summary>
    public static IReadOnlySet<string> All => Known;

    /// <summary>The three letters that containers tag streams with (ISO 639-2/T): <c>spa</c> for <c>es</c>.</summary>
    public static string ToIso6392(string code)
    {
        var three = CultureInfo.GetCultureInfo(code).ThreeLetterISOLanguageName;
        return three.Length == 3 ? three : Undetermined;
    }

    /// <summary>The language's English name: <c>Spanish</c> for <c>es</c>.</summary>
    public static string EnglishName(string code) => CultureInfo.GetCultureInfo(code).EnglishName;

    /// <summary>The language's name in itself: <c>español</c> for <c>es</c>.</summary>
    public static string NativeName(string code) => CultureInfo.GetCultureInfo(code).NativeName;

    private static Dictionary<string, string> ThreeLetters()
    {
        var codes = Bibliographic.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('='))
            .ToDictionary(p => p[0], p => p[1]);
        foreach (var code in Known)
        {
            if (CultureInfo.GetCultureInfo(code).ThreeLetterISOLanguageName is { Length: 3 } three)
                codes.TryAdd(three, code);
        }
        return codes;
    }
}
