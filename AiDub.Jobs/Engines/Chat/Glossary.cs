using System.Text.RegularExpressions;

namespace AiDub.Jobs.Engines.Chat;

/// <summary>Terms whose translation is fixed.</summary>
internal sealed class Glossary(IReadOnlyDictionary<string, string> terms)
{
    // The pattern needs look-around, which non-backtracking patterns lack.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The terms that a batch speaks of.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> In(TranslationBatch batch) =>
        [.. terms.Where(t => batch.Segments.Any(s => Speaks(s.Text, t.Key))).OrderBy(t => t.Key, StringComparer.Ordinal)];

    /// <summary>The terms of a text that its translation lacks.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Missing(string text, string translation) =>
        [.. terms.Where(t => Speaks(text, t.Key) && !translation.Contains(t.Value, StringComparison.OrdinalIgnoreCase))];

    // As a whole word: "lease" is not in "please". Where letters are no word characters to a regular expression there is no boundary to ask
    // for.
    private static bool Speaks(string text, string term)
    {
        var before = char.IsLetterOrDigit(term[0]) ? @"(?<![\p{L}\p{N}])" : "";
        var after = char.IsLetterOrDigit(term[^1]) ? @"(?![\p{L}\p{N}])" : "";
        return Regex.IsMatch(text, before + Regex.Escape(term) + after, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);
    }
}
