using System.Globalization;
using System.Text;

namespace AiDub.Domain.Languages;

/// <summary>How a language is written.</summary>
/// <param name="Script">ISO 15924: <c>Latn</c>, <c>Arab</c>, <c>Jpan</c>.</param>
/// <param name="IsRightToLeft">Whether it runs from right to left.</param>
public sealed record WritingSystem(string Script, bool IsRightToLeft)
{
    private const string Latin = "Latn";

    private static readonly HashSet<string> TwoScripts = ["az", "bs", "kk", "ky", "mn", "mo", "ro", "sr", "tg", "tk", "tt", "uz"];

    // Letters of a script that is not told apart (ISO 15924).
    private const string Uncoded = "Zzzz";

    // Where each script's letters begin and end (Unicode 15, Blocks.txt).
    private static readonly (int First, int Last, string Script)[] Blocks =
    [
        (0x0, 0x36F, Latin), (0x370, 0x3FF, "Grek"), (0x400, 0x52F, "Cyrl"), (0x530, 0x58F, "Armn"),
        (0x590, 0x5FF, "Hebr"), (0x600, 0x6FF, "Arab"), (0x700, 0x74F, "Syrc"),
        (0x750, 0x77F, "Arab"), (0x780, 0x7BF, "Thaa"), (0x860, 0x86F, "Syrc"), (0x870, 0x8FF, "Arab"), (0x900, 0x97F, "Deva"),
        (0x980, 0x9FF, "Beng"), (0xA00, 0xA7F, "Guru"), (0xA80, 0xAFF, "Gujr"),
        (0xB00, 0xB7F, "Orya"), (0xB80, 0xBFF, "Taml"), (0xC00, 0xC7F, "Telu"),
        (0xC80, 0xCFF, "Knda"), (0xD00, 0xD7F, "Mlym"), (0xD80, 0xDFF, "Sinh"),
        (0xE00, 0xE7F, "Thai"), (0xE80, 0xEFF, "Laoo"), (0xF00, 0xFFF, "Tibt"),
        (0x1000, 0x109F, "Mymr"), (0x10A0, 0x10FF, "Geor"), (0x1100, 0x11FF, "Kore"),
        (0x1200, 0x139F, "Ethi"), (0x1400, 0x167F, "Cans"), (0x1780, 0x17FF, "Khmr"),
        (0x1800, 0x18AF, "Mong"), (0x1C80, 0x1C8F, "Cyrl"), (0x1C90, 0x1CBF, "Geor"),
        (0x1D00, 0x1EFF, Latin), (0x1F00, 0x1FFF, "Grek"), (0x2070, 0x209F, Latin), (0x2100, 0x218F, Latin), (0x2C60, 0x2C7F, Latin),
        (0x2D00, 0x2D2F, "Geor"), (0x2D80, 0x2DDF, "Ethi"), (0x2DE0, 0x2DFF, "Cyrl"), (0x3130, 0x318F, "Kore"),
        (0xA000, 0xA4CF, "Yiii"), (0xA640, 0xA69F, "Cyrl"), (0xA720, 0xA7FF, Latin), (0xA8E0, 0xA8FF, "Deva"), (0xA960, 0xA97F, "Kore"),
        (0xA9E0, 0xA9FF, "Mymr"), (0xAA60, 0xAA7F, "Mymr"), (0xAB00, 0xAB2F, "Ethi"), (0xAB30, 0xAB6F, Latin), (0xAC00, 0xD7FF, "Kore"),
        (0xFB00, 0xFB06, Latin), (0xFB13, 0xFB17, "Armn"), (0xFB1D, 0xFB4F, "Hebr"), (0xFB50, 0xFDFF, "Arab"), (0xFE70, 0xFEFF, "Arab"),
        (0xFF21, 0xFF5A, Latin), (0xFFA0, 0xFFDC, "Kore"), (0x1D400, 0x1D7FF, Latin),
    ];

    /// <summary>How the culture data write a language (ISO 639-1): the script of its own name, and the direction.</summary>
    public static WritingSystem Of(string code)
    {
        var culture = CultureInfo.GetCultureInfo(code);
        var script = code switch
        {
            // Written with Han characters, which several languages share.
            "ja" => "Jpan",
            "zh" => "Hans",
            _ => culture.NativeName.EnumerateRunes().Where(Rune.IsLetter).Select(ScriptOf).FirstOrDefault(Latin),
        };
        return new WritingSystem(script, culture.TextInfo.IsRightToLeft) { IsOfTwoScripts = TwoScripts.Contains(code) };
    }

    /// <summary>Whether a letter belongs to the script, or to one that is written beside it.</summary>
    public bool Writes(Rune letter) => (Script, IdeographOf(letter)) switch
    {
        ("Jpan", _) => IdeographOf(letter) is not null,
        ("Hans", var kind) => kind is "Hani" or "Bopo",
        ("Kore", var kind) => kind == "Hani" || ScriptOf(letter) == "Kore",
        (_, not null) => false,
        // Serbian, Kazakh, Uzbek and their like are written in both.
        ("Cyrl" or Latin, _) when IsOfTwoScripts => ScriptOf(letter) is "Cyrl" or Latin,
        _ => ScriptOf(letter) == Script,
    };

    /// <summary>How many letters of an alphabet a letter stands for: an ideograph about three.</summary>
    public static int WeightOf(Rune letter) => IdeographOf(letter) == "Hani" ? 3 : 1;

    /// <summary>Whether the language is written in Latin letters as well as in Cyrillic ones.</summary>
    private bool IsOfTwoScripts { get; init; }

    private static string? IdeographOf(Rune letter) => letter.Value switch
    {
        >= 0x3040 and <= 0x30FF or >= 0x31F0 and <= 0x31FF or >= 0xFF66 and <= 0xFF9D => "Kana",
        >= 0x3100 and <= 0x312F => "Bopo",
        >= 0x3005 and <= 0x3007 or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF
            or >= 0x20000 and <= 0x3FFFF => "Hani",
        _ => null,
    };

    /// <summary>The script of a letter; <c>Zzzz</c> where it is in no block that is told apart.</summary>
    public static string ScriptOf(Rune letter) =>
        Blocks.Where(b => letter.Value >= b.First && letter.Value <= b.Last).Select(b => b.Script).FirstOrDefault(Uncoded);
}
