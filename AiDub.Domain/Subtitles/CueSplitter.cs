namespace AiDub.Domain.Subtitles;

/// <summary>Breaks what is said into subtitles that can be read: two lines of 42 characters at most.</summary>
/// <remarks>The limits are those of the Netflix timed text style guide: 42 characters a line, two lines.</remarks>
public static class CueSplitter
{
    private const int LineLength = 42;
    private const int CueLength = 2 * LineLength;

    /// <summary>The cues of a text that is spoken during [<paramref name="start"/>, <paramref name="end"/>) seconds; each gets time by its share of the characters.</summary>
    public static IReadOnlyList<Cue> Split(double start, double end, string text)
    {
        var parts = Pack(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), CueLength);
        var total = parts.Sum(p => p.Length);
        var cues = new List<Cue>(parts.Count);
        var at = start;
        for (var i = 0; i < parts.Count; i++)
        {
            var until = i == parts.Count - 1 ? end : at + (end - start) * parts[i].Length / total;
            cues.Add(new Cue(at, until, Wrap(parts[i])));
            at = until;
        }

        return cues;
    }

    private static string Wrap(string text)
    {
        if (text.Length <= LineLength)
            return text;
        var middle = text.Length / 2;
        var cut = Enumerable.Range(0, text.Length).Where(i => text[i] == ' ').OrderBy(i => Math.Abs(i - middle)).FirstOrDefault(-1);
        return cut < 0 ? text : $"{text[..cut]}\n{text[(cut + 1)..]}";
    }

    // Parts of roughly the same length, so that no cue is left with one word.
    private static List<string> Pack(string[] words, int limit)
    {
        var total = words.Sum(w => w.Length + 1) - 1;
        var wanted = (int)Math.Ceiling(total / (double)limit);
        var target = Math.Ceiling(total / (double)Math.Max(1, wanted));
        var parts = new List<string>();
        var current = "";
        foreach (var word in words)
        {
            var longer = current.Length == 0 ? word : current + " " + word;
            var full = longer.Length > limit || (current.Length > 0 && longer.Length > target + 8);
            if (full && current.Length > 0)
            {
                parts.Add(current);
                longer = word;
            }

            current = longer;
        }

        if (current.Length > 0)
            parts.Add(current);
        return parts;
    }
}
