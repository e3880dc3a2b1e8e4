using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace AiDub.Jobs.Engines.Apertium.Pairs;

/// <summary>A headword of a FreeDict dictionary with its best translation.</summary>
/// <param name="Headword">As the dictionary writes it.</param>
/// <param name="Kind">The part of speech in the dictionary's own letters: <c>n</c>, <c>v</c>, <c>adj</c>, <c>adv</c>, <c>pn</c>, …</param>
/// <param name="Translation">One translation, without remarks.</param>
internal sealed record FreedictEntry(string Headword, string Kind, string Translation);

/// <summary>
/// Reads a FreeDict dictionary in dictd's format: an index of offsets and lengths in base 64, and texts packed with gzip.
/// </summary>
/// <remarks>The format of the texts was read off Debian's <c>dict-freedict-eng-ind</c> 2022.12.07 (CC BY-SA 3.0).</remarks>
internal static partial class Freedict
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>
    /// The entries of <c>name.index</c> and <c>name.dict.dz</c> in order of headword; those without a usable translation are left out.
    /// </summary>
    /// <exception cref="InvalidDataException">The two files do not belong together.</exception>
    public static async Task<IReadOnlyList<FreedictEntry>> ReadAsync(string folder, string name, CancellationToken ct)
    {
        var index = await File.ReadAllLinesAsync(Path.Combine(folder, name + ".index"), ct);
        using var text = new MemoryStream();
        await using (var file = File.OpenRead(Path.Combine(folder, name + ".dict.dz")))
        await using (var unpacked = new GZipStream(file, CompressionMode.Decompress))
            await unpacked.CopyToAsync(text, ct);
        return Parse(index, text.ToArray());
    }

    /// <summary>The entries that an index lists of a dictionary's unpacked text.</summary>
    public static IReadOnlyList<FreedictEntry> Parse(IEnumerable<string> index, byte[] text)
    {
        var entries = new List<FreedictEntry>();
        foreach (var line in index)
        {
            if (line.Split('\t') is not [var headword, var offset, var length, ..]
                || headword.StartsWith("00database", StringComparison.Ordinal))
                continue;
            var (from, count) = (Number(offset), Number(length));
            if (from + count > text.Length)
                throw new InvalidDataException($"The dictionary's index places '{headword}' beyond the end of its text.");
            if (ParseEntry(Encoding.UTF8.GetString(text, from, count)) is { } entry)
                entries.Add(entry);
        }
        return entries;
    }

    /// <summary>
    /// Reads one entry: a line <c>headword /sound/ &lt;kind&gt;</c>, then senses: a line of translations parted by commas, numbered where
    /// there are several, and lines that say in English what they mean. Of several senses the one with most meanings counts, then the one
    /// with most translations.
    /// </summary>
    /// <returns>Null when it has no single translation of at most three words.</returns>
    public static FreedictEntry? ParseEntry(string text)
    {
        var lines = text.Split('\n');
        var head = Head().Match(lines[0]);
        if (!head.Success)
            return null;
        var senses = new List<(string[] Words, int Meanings)>();
        foreach (var line in lines.Skip(1))
        {
            var sense = Sense().Match(line);
            if (sense.Success || (senses.Count == 0 && line.Length > 0))
                senses.Add((Words(sense.Success ? sense.Groups["words"].Value : line), 0));
            else if (senses.Count > 0 && line.Length > 0 && !More().IsMatch(line))
                senses[^1] = (senses[^1].Words, senses[^1].Meanings + 1);
        }
        var kind = head.Groups["kind"].Value;
        var words = senses.Where(s => s.Words.Length > 0).OrderByDescending(s => s.Meanings).ThenByDescending(s => s.Words.Length)
            .Select(s => s.Words).FirstOrDefault();
        return words is null ? null : new FreedictEntry(head.Groups["word"].Value, kind, Best(words, kind));
    }

    // Dictionaries list bare roots beside verbs; a verb is said with its prefix.
    private static string Best(string[] words, string kind) => kind == "v"
        ? words.FirstOrDefault(w => w.StartsWith("me", StringComparison.Ordinal) || w.StartsWith("ber", StringComparison.Ordinal))
            ?? words[0]
        : words[0];

    private static string[] Words(string list) =>
        [.. Trailer().Replace(list, "").Split(',').Select(w => Remark().Replace(w, "").Trim()).Where(w => Usable().IsMatch(w))];

    private static int Number(string digits) => digits.Aggregate(0, (sum, c) => checked(sum * 64 + Digits.IndexOf(c)));

    [GeneratedRegex(@"^(?<word>.+?)(\s+/.*)?\s+<(?<kind>[a-zA-Z ]+)>\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Head();

    [GeneratedRegex(@"^\d+\. (?<words>.+)$", RegexOptions.NonBacktracking)]
    private static partial Regex Sense();

    // The number of a further meaning, on a line of its own.
    [GeneratedRegex(@"^\s*\d+\.\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex More();

    [GeneratedRegex(@"\s+\d+\.\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Trailer();

    [GeneratedRegex(@"\([^)]*\)|\[[^\]]*\]", RegexOptions.NonBacktracking)]
    private static partial Regex Remark();

    [GeneratedRegex(@"^[\p{L}'’-]+( [\p{L}'’-]+){0,2}$", RegexOptions.NonBacktracking)]
    private static partial Regex Usable();
}
