using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines.Supertonic;

/// <summary>Texts as Supertonic was trained on: decomposed letters and plain marks, between tags of the language.</summary>
internal static partial class SupertonicText
{
    // As long as its makers give it at once.
    private const int MostCharacters = 300;
    private const int MostSyllables = 120;

    /// <summary>
    /// The parts of a text, each between tags of its language, such as <c>&lt;es&gt;Hola.&lt;/es&gt;</c>; no text holds a tag.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="language">As ISO 639-1.</param>
    public static IReadOnlyList<string> Chunks(string text, string language)
    {
        var most = language is "ko" or "ja" ? MostSyllables : MostCharacters;
        return
        [
            .. Parts(SpokenText.ToPlain(text, language), most).Select(Clean).Where(SpokenText.IsSpeakable)
                .Select(part => $"<{language}>{part}</{language}>"),
        ];
    }

    // At the end of a sentence as late as may be, or at another mark, or between words, or anywhere between letters.
    private static IEnumerable<string> Parts(string text, int most)
    {
        while (text.Length > most)
        {
            var start = text[..most];
            var end = LastEnd(SentenceEnds(), start) ?? LastEnd(ClauseEnds(), start) ?? LastEnd(Spaces(), start) ?? LetterEnd(start);
            yield return text[..end];
            text = text[end..];
        }
        yield return text;
    }

    private static int? LastEnd(Regex mark, string text) =>
        mark.Matches(text).LastOrDefault() is { } last && last.Index + last.Length > text.Length / 4 ? last.Index + last.Length : null;

    private static int LetterEnd(string text) =>
        StringInfo.ParseCombiningCharacters(text) is { Length: > 1 } starts ? starts[^1] : text.Length;

    private static string Clean(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
            plain.Append(Plain(c));
        var clean = Quotes().Replace(SpacesBeforeMarks().Replace(Spaces().Replace(plain.ToString(), " "), "$1"), "$1").Trim();
        return clean.Length > 0 && Ended().IsMatch(clean) ? clean : clean + ".";
    }

    private static char Plain(char c) => c switch
    {
        '–' or '—' or '‑' or '−' => '-',
        '“' or '”' or '„' => '"',
        '‘' or '’' or '´' => '\'',
        '_' or '/' or '#' or '<' or '>' => ' ',
        _ => c,
    };

    [GeneratedRegex(@"[.!?…]+[\p{Pe}\p{Pf}""']*\s|[。！？।]+[\p{Pe}\p{Pf}""']*", RegexOptions.NonBacktracking)]
    private static partial Regex SentenceEnds();

    [GeneratedRegex(@"[,;:]+\s|[、，；：،؛]+", RegexOptions.NonBacktracking)]
    private static partial Regex ClauseEnds();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\s+([,.!?;:'])", RegexOptions.NonBacktracking)]
    private static partial Regex SpacesBeforeMarks();

    [GeneratedRegex(@"([""'])[""']+", RegexOptions.NonBacktracking)]
    private static partial Regex Quotes();

    [GeneratedRegex(@"[.!?;:,'"")\]}…。」』】〉》›»！？।]\z", RegexOptions.NonBacktracking)]
    private static partial Regex Ended();
}
