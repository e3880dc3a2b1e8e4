namespace AiDub.Tests.Domain.Speech;

/// <summary>How near translations are to references, by the character n-grams that both have.</summary>
/// <remarks>
/// M. Popović, "chrF: character n-gram F-score for automatic MT evaluation", WMT 2015, with the parameters recommended there and in her
/// "chrF deconstructed" (WMT 2016): n-grams of 1 to 6 characters without white space, β = 2 (recall counts twice precision), precision and
/// recall averaged over n. Counts are summed over all sentences first, so that long ones weigh more.
/// </remarks>
public static class ChrF
{
    private const int LongestGram = 6;
    private const double BetaSquared = 4;

    /// <summary>The score of translations against as many references: 0 for nothing in common, 1 for the same.</summary>
    /// <exception cref="ArgumentException">They are not as many.</exception>
    public static double Of(IReadOnlyList<string> translations, IReadOnlyList<string> references)
    {
        if (translations.Count != references.Count)
            throw new ArgumentException(
                $"There are {translations.Count} translations for {references.Count} references.", nameof(references));
        var (precision, recall, orders) = (0.0, 0.0, 0);
        for (var n = 1; n <= LongestGram; n++)
        {
            var (common, made, wanted) = (0, 0, 0);
            foreach (var (translation, reference) in translations.Zip(references))
            {
                var (ours, theirs) = (Grams(translation, n), Grams(reference, n));
                common += ours.Sum(gram => Math.Min(gram.Value, theirs.GetValueOrDefault(gram.Key)));
                made += ours.Values.Sum();
                wanted += theirs.Values.Sum();
            }
            // Texts shorter than n say nothing of n-grams.
            if (made == 0 || wanted == 0)
                continue;
            precision += (double)common / made;
            recall += (double)common / wanted;
            orders++;
        }
        if (precision == 0 || recall == 0)
            return 0;
        (precision, recall) = (precision / orders, recall / orders);
        return (1 + BetaSquared) * precision * recall / (BetaSquared * precision + recall);
    }

    private static Dictionary<string, int> Grams(string text, int n)
    {
        var characters = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        var grams = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i + n <= characters.Length; i++)
        {
            var gram = characters.Substring(i, n);
            grams[gram] = grams.GetValueOrDefault(gram) + 1;
        }
        return grams;
    }
}
