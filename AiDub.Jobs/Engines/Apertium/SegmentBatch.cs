using System.Text;
using System.Text.RegularExpressions;

namespace AiDub.Jobs.Engines.Apertium;

/// <summary>Many texts as one input of Apertium, and its output as texts again.</summary>
/// <remarks>
/// Between texts stands an empty line: Apertium's text format ends the sentence there, so a text in company is translated as it is alone
/// (NUL bytes and <c>-f line</c> let words of one text into the next, or lose the boundaries).
/// </remarks>
internal static partial class SegmentBatch
{
    private const string Boundary = "\n\n";
    private const string Marks = "*#@";

    /// <summary>One line of text in NFC: line breaks and other white space become one space, control characters go.</summary>
    public static string ToLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
                line.Append(' ');
            else
                line.Append(rune);
        }
        return string.Join(' ', line.ToString().Normalize(NormalizationForm.FormC).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Whether there is anything to translate in a text: a letter.</summary>
    public static bool HasWords(string text) => text.EnumerateRunes().Any(Rune.IsLetter);

    /// <summary>The input for texts that <see cref="ToLine"/> made; none may be empty.</summary>
    public static string Join(IEnumerable<string> lines) => string.Concat(lines.Select(l => l + Boundary));

    /// <summary>The texts of an output, or null when they are not as many as went in.</summary>
    public static string[]? Split(string output, int count)
    {
        var parts = output.TrimEnd('\n').Split(Boundary);
        return parts.Length == count ? [.. parts.Select(ToLine)] : null;
    }

    /// <summary>
    /// A translation made fit to be spoken and read: without marks of unknown words, with its source's capitals and punctuation.
    /// </summary>
    /// <param name="source">The text that was translated, one line, not empty.</param>
    /// <param name="translation">What Apertium made of it.</param>
    /// <param name="to">The language of the translation, as ISO 639-1.</param>
    public static string Finish(string source, string translation, string to)
    {
        var text = Unmarked(source, ToLine(translation));
        if (text.Length == 0)
            return source;
        if (!SpacedMark().IsMatch(source))
            text = SpacedMark().Replace(text, m => m.Value.TrimStart());
        text = StrayCapital().Replace(
            text, m => IsCapital(m.Groups[1].Value, to) || HasWord(source, m.Groups[1].Value) ? m.Value : m.Value.ToLowerInvariant());
        if (char.IsUpper(source[0]))
            text = char.ToUpperInvariant(text[0]) + text[1..];
        if (!LowerCaseSentence().IsMatch(source))
            text = LowerCaseSentence().Replace(text, m => m.Value.ToUpperInvariant());
        var end = FinalPunctuation().Match(source).Value;
        return end.Length == 0 || EndOfSentence().IsMatch(text) ? text : text + end;
    }

    // Only English writes "I" so, wherever it stands.
    private static bool IsCapital(string word, string language) => language == "en" && word == "I";

    private static bool HasWord(string text, string word) => Words().Matches(text).Any(m => m.Value == word);

    // A mark that the source does not hold was put there by Apertium, before the word that it could not do.
    private static string Unmarked(string source, string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!Marks.Contains(text[i]) || source.Contains(text[i]) || i + 1 == text.Length || !char.IsLetter(text[i + 1]))
                kept.Append(text[i]);
        }
        return kept.ToString();
    }

    [GeneratedRegex(@"[.!?]\s\p{Ll}", RegexOptions.NonBacktracking)]
    private static partial Regex LowerCaseSentence();

    // Apertium keeps a space where it leaves a word away: "ten years old." is "diez años ." in Spanish.
    [GeneratedRegex(@" +[.,;:!?…]", RegexOptions.NonBacktracking)]
    private static partial Regex SpacedMark();

    // After a phrase with a capital, Apertium gives the next word one too: "Good morning and" is "Buenos días Y".
    [GeneratedRegex(@"\p{Ll} (\p{Lu}) \p{Ll}", RegexOptions.NonBacktracking)]
    private static partial Regex StrayCapital();

    [GeneratedRegex("[.!?…؟।]$", RegexOptions.NonBacktracking)]
    private static partial Regex EndOfSentence();

    [GeneratedRegex(@"\w+", RegexOptions.NonBacktracking)]
    private static partial Regex Words();

    [GeneratedRegex(@"[.!?…]+$", RegexOptions.NonBacktracking)]
    private static partial Regex FinalPunctuation();
}
