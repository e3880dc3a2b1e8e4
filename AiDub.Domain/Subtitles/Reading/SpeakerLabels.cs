using System.Globalization;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>Finds who a line says that it is spoken by: <c>JUAN:</c>, <c>[SPEAKER_01]:</c>, <c>Dr. Smith:</c>.</summary>
/// <remarks>
/// A label is short, stands at the line's begin, and a space or nothing follows its colon, so neither <c>10:30</c> nor an address is one.
/// For certain a label is a name in brackets, one in capitals in a text that is not, one with a title, and a recogniser's <c>Speaker 1</c>.
/// Others (<c>Juan:</c>, <c>田中：</c>) are believed by what the whole file does: when the name comes back and there is another one, or when
/// half of all lines begin so. What announces instead of naming (<c>Nota:</c>, <c>Question:</c>) never is one.
/// </remarks>
internal sealed class SpeakerLabels
{
    private const int Longest = 40;
    private const int LongestName = 30;
    private const int LongestUnspaced = 8;
    private const int MostWords = 4;

    private readonly HashSet<string> _believed;

    private SpeakerLabels(HashSet<string> believed) => _believed = believed;

    /// <summary>What a file's lines say of its labels.</summary>
    public static SpeakerLabels Of(IEnumerable<string> lines)
    {
        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var (all, labelled, lower, upper) = (0, 0, 0, 0);
        foreach (var line in lines)
        {
            all++;
            if (!TryName(line, out var name, out var rest, out _))
            {
                CountCase(line, ref lower, ref upper);
                continue;
            }
            CountCase(rest, ref lower, ref upper);
            labelled++;
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }
        var inTurn = counts.Count > 1;
        var areMost = labelled > 1 && 2 * labelled >= all;
        return new SpeakerLabels(counts
            .Where(c => areMost || (inTurn && c.Value > 1) || (lower > upper && IsShouted(c.Key)))
            .Select(c => c.Key).ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>
    /// The name that a line begins with, and what is said after it; null, and all of the line, where none is believed to be one.
    /// </summary>
    public (string? Name, string Said) Split(string line) =>
        TryName(line, out var name, out var said, out var isCertain) && (isCertain || _believed.Contains(name))
            ? (name, said)
            : (null, line);

    private static bool TryName(string line, out string name, out string said, out bool isCertain)
    {
        (name, said, isCertain) = ("", line, false);
        var colon = line.AsSpan(0, Math.Min(line.Length, Longest)).IndexOfAny(':', '：');
        if (colon < 1)
            return false;
        var before = line.AsSpan(0, colon).Trim();
        var after = line.AsSpan(colon + 1);
        if (after.Length > 0 && !char.IsWhiteSpace(after[0]) && (line[colon] == ':' && !StartsWithLetter(after, before)))
            return false;
        var isBracketed = before.Length > 2 && before[0] is '[' or '(' or '【' or '（' && before[^1] is ']' or ')' or '】' or '）';
        if (isBracketed)
            before = before[1..^1].Trim();
        else if (before.IndexOfAny('(', '[', '（') is > 0 and var aside && before[^1] is ')' or ']' or '）')
            before = before[..aside].Trim();
        if (!IsName(before) || SpeakerWords.Announces(before))
            return false;
        (name, said) = (before.ToString(), after.Trim().ToString());
        isCertain = isBracketed || SpeakerWords.HasTitle(before) || SpeakerWords.IsNumbered(before);
        return true;
    }

    // "JUAN:Hoy": without a space only after a name in capitals.
    private static bool StartsWithLetter(ReadOnlySpan<char> after, ReadOnlySpan<char> name) =>
        char.IsLetter(after[0]) && name.Length > 1 && IsShouted(name);

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > LongestName)
            return false;
        var (letters, words, isCased) = (0, 1, false);
        var begins = true;
        var wordLength = 0;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (c == ' ')
            {
                words++;
                (begins, wordLength) = (true, 0);
                continue;
            }
            var isMark = CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (!char.IsLetterOrDigit(c)
                && !isMark
                && !char.IsSurrogate(c)
                && c is not ('.' or '\'' or '’' or '-' or '_' or '#' or '&' or '・' or '·'))
                return false;
            letters += char.IsLetter(c) ? 1 : 0;
            isCased |= char.IsUpper(c) || char.IsLower(c);
            wordLength++;
            // Of a name every word begins with a capital, but particles: Juan de la Cruz.
            if (begins && char.IsLower(c) && (i == 0 || name[i..].IndexOf(' ') is var next && (next < 0 || next > 3)))
                return false;
            begins = false;
        }
        return letters > 0 && words <= MostWords && (isCased || words > 1 || name.Length <= LongestUnspaced);
    }

    private static bool IsShouted(ReadOnlySpan<char> name)
    {
        var upper = 0;
        foreach (var c in name)
        {
            if (char.IsLower(c))
                return false;
            upper += char.IsUpper(c) ? 1 : 0;
        }
        return upper > 1;
    }

    private static void CountCase(string text, ref int lower, ref int upper)
    {
        foreach (var c in text)
        {
            lower += char.IsLower(c) ? 1 : 0;
            upper += char.IsUpper(c) ? 1 : 0;
        }
    }
}
