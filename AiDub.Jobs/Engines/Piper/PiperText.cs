using System.Text;
using System.Text.RegularExpressions;

namespace AiDub.Jobs.Engines.Piper;

/// <summary>A part of a sentence up to a mark, and the mark.</summary>
/// <param name="Text">The words.</param>
/// <param name="Mark">What it ends with: <c>,</c> <c>.</c> <c>?</c> <c>!</c> <c>:</c> <c>;</c></param>
internal sealed record PiperClause(string Text, char Mark)
{
    /// <summary>Whether a sentence ends here.</summary>
    public bool EndsSentence => Mark is '.' or '?' or '!';
}

/// <summary>Turns texts into what Piper's voices were trained on: numbers of sounds.</summary>
/// <remarks>As piper-phonemize does: a sound is a character of the eSpeak IPA in its decomposed form, marks are sounds too.</remarks>
internal static partial class PiperText
{
    private const string Begin = "^";
    private const string Pad = "_";
    private const string End = "$";

    /// <summary>The clauses of a text; a mark within a number parts nothing.</summary>
    public static IReadOnlyList<PiperClause> Clauses(string text)
    {
        var clauses = new List<PiperClause>();
        var at = 0;
        foreach (var mark in Marks().EnumerateMatches(text))
        {
            Add(text[at..mark.Index], Plain(text[mark.Index]));
            at = mark.Index + mark.Length;
        }
        Add(text[at..], '.');
        return clauses;

        void Add(string part, char mark)
        {
            if (part.Any(char.IsLetterOrDigit))
                clauses.Add(new PiperClause(part.Trim(), mark));
            else if (clauses.Count > 0 && mark is '.' or '?' or '!' && !clauses[^1].EndsSentence)
                clauses[^1] = clauses[^1] with { Mark = mark };
        }
    }

    /// <summary>What eSpeak says a clause sounds like, without its marks of other languages, ties and line ends.</summary>
    public static string Clean(string ipa) =>
        string.Join(' ', Switch().Replace(ipa, "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace("\u200d", "", StringComparison.Ordinal).Replace("\u0361", "", StringComparison.Ordinal);

    /// <summary>The numbers of a sentence's sounds, each parted from the next; sounds that the voice does not know are left out.</summary>
    /// <param name="clauses">The sounds of its clauses, each with its mark.</param>
    /// <param name="ids">The voice's numbers.</param>
    public static IReadOnlyList<long> Ids(IEnumerable<(string Sounds, char Mark)> clauses, IReadOnlyDictionary<string, long[]> ids)
    {
        var pad = ids.GetValueOrDefault(Pad, []);
        var numbers = new List<long>([.. ids.GetValueOrDefault(Begin, []), .. pad]);
        var spoken = string.Join(' ', clauses.Select(c => c.Sounds + c.Mark)).Normalize(NormalizationForm.FormD);
        for (var at = 0; at < spoken.Length; at += char.IsSurrogatePair(spoken, at) ? 2 : 1)
        {
            if (ids.TryGetValue(char.ConvertFromUtf32(char.ConvertToUtf32(spoken, at)), out var sound))
                numbers.AddRange([.. sound, .. pad]);
        }
        numbers.AddRange(ids.GetValueOrDefault(End, []));
        return numbers;
    }

    private static char Plain(char mark) => mark switch
    {
        '、' or '，' or '،' => ',',
        '。' or '…' or '।' or '۔' => '.',
        '？' or '؟' => '?',
        '！' => '!',
        '：' => ':',
        '；' or '؛' => ';',
        _ => mark,
    };

    // A mark before a space or the end, or one of a script without spaces.
    [GeneratedRegex(@"[.,?!:;…]+[\p{Pe}\p{Pf}""']*(\s+|$)|[、，。？！：；،؟؛।۔]+\s*", RegexOptions.NonBacktracking)]
    private static partial Regex Marks();

    // eSpeak NG's "(en)" before a word that it says in another language.
    [GeneratedRegex(@"\([a-z-]+\)", RegexOptions.NonBacktracking)]
    private static partial Regex Switch();
}
