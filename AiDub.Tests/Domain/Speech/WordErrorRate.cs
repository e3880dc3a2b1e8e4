using System.Globalization;

namespace AiDub.Tests.Domain.Speech;

/// <summary>How far recognised text is from what was said, in words.</summary>
/// <param name="Errors">Words to substitute, insert or delete to get from one to the other, at the least (Levenshtein distance over
/// words).</param>
/// <param name="Words">Words that were said.</param>
public readonly record struct WordErrorRate(int Errors, int Words)
{
    /// <summary>
    /// Errors per word said: 0 is perfect; more than 1 where more was heard than said. 0 when nothing was said nor heard.
    /// </summary>
    public double Rate => Words == 0 ? Errors == 0 ? 0 : 1 : (double)Errors / Words;

    /// <summary>Compares two texts word by word, without regard to case and punctuation; hyphens part words, apostrophes do not.</summary>
    public static WordErrorRate Of(string said, string heard)
    {
        var reference = Split(said);
        var hypothesis = Split(heard);
        var distance = new int[hypothesis.Count + 1];
        for (var j = 0; j < distance.Length; j++)
            distance[j] = j;
        for (var i = 1; i <= reference.Count; i++)
        {
            var diagonal = distance[0];
            distance[0] = i;
            for (var j = 1; j <= hypothesis.Count; j++)
            {
                var substituted = diagonal + (reference[i - 1] == hypothesis[j - 1] ? 0 : 1);
                diagonal = distance[j];
                distance[j] = Math.Min(substituted, 1 + Math.Min(distance[j], distance[j - 1]));
            }
        }
        return new WordErrorRate(distance[^1], reference.Count);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Errors} of {Words} words wrong ({100 * Rate:0.0} %)");

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new System.Text.StringBuilder();
        foreach (var c in text.ToLowerInvariant().Replace('’', '\'') + " ")
        {
            if (char.IsLetterOrDigit(c) || c == '\'')
                word.Append(c);
            else if (word.Length > 0)
            {
                var trimmed = word.ToString().Trim('\'');
                if (trimmed.Length > 0)
                    words.Add(trimmed);
                word.Clear();
            }
        }
        return words;
    }
}
