namespace AiDub.Jobs.Engines.Whisper;

/// <summary>Finds the loops that Whisper falls into: the same words again and again.</summary>
internal static class Repetition
{
    private const int LeastTimes = 4;
    private const int LongestPhrase = 12;

    /// <summary>Whether more than half of a text is one phrase, said at least four times in a row.</summary>
    public static bool IsLoop(string text)
    {
        var words = Words(text);
        return words.Length - Once(words).Count > words.Length / 2;
    }

    /// <summary>The numbers of the words that are left when every phrase that is said at least four times in a row is said once.</summary>
    /// <param name="words">Words as they are written.</param>
    public static IReadOnlyList<int> Once(IReadOnlyList<string> words)
    {
        var bare = words.Select(Bare).ToArray();
        var kept = new List<int>();
        for (var at = 0; at < bare.Length;)
        {
            var (length, times) = PhraseAt(bare, at);
            kept.AddRange(Enumerable.Range(at, length));
            at += length * times;
        }
        return kept;
    }

    private static (int Length, int Times) PhraseAt(string[] words, int at)
    {
        for (var length = 1; length <= LongestPhrase && at + length * LeastTimes <= words.Length; length++)
        {
            var times = 1;
            while (at + (times + 1) * length <= words.Length
                && words.AsSpan(at, length).SequenceEqual(words.AsSpan(at + times * length, length)))
                times++;
            if (times >= LeastTimes)
                return (length, times);
        }
        return (1, 1);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Bare(string word) => string.Concat(word.Where(char.IsLetterOrDigit)).ToLowerInvariant() is { Length: > 0 } bare
        ? bare
        : word;
}
