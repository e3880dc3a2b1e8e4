using System.Globalization;
using System.Text;
using AiDub.Domain.Languages;

namespace AiDub.Domain.Speech;

/// <summary>Whether a text can be what an engine was asked for, whatever it says: garbage is not spoken.</summary>
public static class AnsweredText
{
    // Texts grow in translation, short ones most; what grows more than this was not translated.
    private const int MostTimes = 20;
    private const int MostMore = 200;

    // Longer than any word of a language that parts its words.
    private const int LongestWord = 100;

    // What may stay as it was in a translation: names, and a word or two of another script.
    private const double LeastOfScript = 0.5;
    private const int LeastLetters = 12;
    private const double MostSymbols = 0.3;

    private static readonly HashSet<string> UnpartedScripts = ["Jpan", "Hans", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"];

    /// <summary>What is wrong with translations into a language (ISO 639-1); null when nothing is.</summary>
    public static string? FaultOf(IReadOnlyList<string> sources, IReadOnlyList<string> translations, string to)
    {
        if (sources.Count != translations.Count)
            return $"{translations.Count} translations of {sources.Count} texts";
        var writing = WritingSystem.Of(to);
        for (var i = 0; i < sources.Count; i++)
        {
            if (FaultOf(sources[i], translations[i], writing) is { } fault)
                return $"text {i + 1} {fault}";
        }
        var changed = sources.Zip(translations).Where(pair => pair.First != pair.Second).Select(pair => pair.Second);
        return IsWrittenIn(writing, changed) ? null : $"it is not written as {LanguageCode.EnglishName(to)} is";
    }

    /// <summary>What is wrong with a text that was heard in a time; null when nothing is.</summary>
    public static string? FaultOf(string heard, double seconds) =>
        HoldsNoText(heard) ? "holds characters that no text has"
        : heard.Length > MostMore + 60 * seconds ? "is longer than anybody says in its time"
        : null;

    /// <summary>Whether texts are mostly written in a script, as far as there are enough letters to say.</summary>
    public static bool IsWrittenIn(WritingSystem writing, IEnumerable<string> texts)
    {
        var letters = texts.SelectMany(text => text.EnumerateRunes()).Where(Rune.IsLetter).ToList();
        return letters.Count < LeastLetters
            || letters.Where(writing.Writes).Sum(WritingSystem.WeightOf) >= letters.Sum(WritingSystem.WeightOf) * LeastOfScript;
    }

    private static string? FaultOf(string source, string translation, WritingSystem writing)
    {
        if (HoldsNoText(translation) && !HoldsNoText(source))
            return "holds characters that no text has";
        if (translation.Length > MostMore + MostTimes * source.Length)
            return "is many times as long as what was to be translated";
        if (!SpokenText.IsSpeakable(translation) && source.Count(char.IsLetter) >= LeastLetters)
            return "says nothing";
        if (SymbolShare(translation, LeastLetters) > Math.Max(MostSymbols, SymbolShare(source, 1)))
            return "is made of symbols";
        return !UnpartedScripts.Contains(writing.Script) && LongestRun(translation) > Math.Max(LongestWord, LongestRun(source))
            ? "holds a word longer than any"
            : null;
    }

    private static bool HoldsNoText(string text) =>
        text.EnumerateRunes().Any(rune => rune.Value == 0xFFFD || Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => rune.Value is not ('\t' or '\n' or '\r'),
            UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
            _ => false,
        });

    private static double SymbolShare(string text, int least)
    {
        var visible = text.EnumerateRunes().Where(rune => !Rune.IsWhiteSpace(rune)).ToList();
        return visible.Count < least ? 0 : (double)visible.Count(rune => Rune.IsSymbol(rune)) / visible.Count;
    }

    private static int LongestRun(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Length).DefaultIfEmpty().Max();
}
