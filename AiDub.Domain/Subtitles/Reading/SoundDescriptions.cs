using System.Text;
using AiDub.Domain.Speech;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Tells what is said from the sounds that subtitles describe: <c>[Música]</c>, <c>(risas)</c>, <c>♪ la ♪</c>, <c>*sighs*</c>.
/// </summary>
/// <remarks>
/// What stands in square or lenticular brackets, between notes or between asterisks is never said. Round brackets also hold what is said in
/// passing: they describe a sound where they are all of a line or hold one word in letters, or anywhere in a file in which some line is
/// nothing else.
/// </remarks>
internal static class SoundDescriptions
{
    // A longer one is a bracket that was never closed.
    private const int Longest = 200;

    /// <summary>Whether a line is nothing but something in round brackets.</summary>
    public static bool IsAside(string line) =>
        line.Length > 2 && line[0] is '(' or '（' && line[^1] is ')' or '）' && line.AsSpan(1, line.Length - 2).IndexOfAny("()（）") < 0;

    /// <summary>What is said of a text, one line of it or several; empty when nothing is.</summary>
    /// <param name="text">With line breaks as they were shown.</param>
    /// <param name="areAsidesSounds">Whether the file has lines that are nothing but something in round brackets.</param>
    public static string Said(string text, bool areAsidesSounds)
    {
        if (text.AsSpan().IndexOfAny("[(（［【〔*♪♫♬♩\uD83C") < 0)
            return text;
        var rest = WithoutBrackets(Songs.Without(text), areAsidesSounds);
        return rest == text || SpokenText.IsSpeakable(rest) ? rest : "";
    }

    private static bool IsNothing(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
                return false;
        }
        return true;
    }

    private static string WithoutBrackets(string text, bool areAsidesSounds)
    {
        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var end = Closer(text[at]) is not '\0' and var closer ? Closing(text, at, closer) : -1;
            if (end < 0 || !Describes(text, at, end, areAsidesSounds))
            {
                kept.Append(text[at]);
                continue;
            }
            kept.Append(' ');
            at = end;
        }
        return kept.ToString();
    }

    private static bool Describes(string text, int from, int to, bool areAsidesSounds)
    {
        var within = text.AsSpan(from + 1, to - from - 1);
        if (text[from] == '*')
            return within.Length > 0 && char.IsLetter(within[0]) && !char.IsWhiteSpace(within[^1]) && within.Count(' ') < 4;
        if (text[from] is not ('(' or '（'))
            return true;
        return areAsidesSounds || IsWord(within.Trim("()（）")) || IsAlone(text, from, to);
    }

    private static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsLetter(c))
                return false;
        }
        return text.Length > 0;
    }

    // Whether nothing else is said on its line; no further than any bracket reaches.
    private static bool IsAlone(string text, int from, int to)
    {
        var before = text.AsSpan(0, from)[Math.Max(0, from - Longest)..];
        var after = text.AsSpan(to + 1, Math.Min(Longest, text.Length - to - 1));
        return IsNothing(before[(before.LastIndexOf('\n') + 1)..])
            && IsNothing(after.IndexOf('\n') is >= 0 and var next ? after[..next] : after);
    }

    private static char Closer(char opener) => opener switch
    {
        '[' => ']',
        '［' => '］',
        '【' => '】',
        '〔' => '〕',
        '(' => ')',
        '（' => '）',
        '*' => '*',
        _ => '\0',
    };

    // The bracket that goes with one, whatever brackets of its kind stand within; else the first that closes any.
    private static int Closing(string text, int from, char closer)
    {
        var (first, depth) = (-1, 1);
        for (var at = from + 1; at < Math.Min(from + 1 + Longest, text.Length); at++)
        {
            if (text[at] == closer)
            {
                depth--;
                first = first < 0 ? at : first;
            }
            else if (text[at] == text[from])
            {
                depth++;
            }
            if (depth == 0)
                return at;
        }
        return first;
    }
}
