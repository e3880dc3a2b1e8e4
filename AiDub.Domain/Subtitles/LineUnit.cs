using System.Globalization;
using System.Text;

namespace AiDub.Domain.Subtitles;

/// <summary>
/// A piece of text within which no line may break: a word, or where words are written without spaces a character with what clings to it.
/// </summary>
/// <param name="Text">What is shown.</param>
/// <param name="Spaced">Whether a space stands before it, unless it begins a line.</param>
internal readonly record struct LineUnit(string Text, bool Spaced)
{
    // What may not begin a line, and what may not end one (JIS X 4051; GB/T 15834 has the same of its punctuation).
    private const string NotFirst = "、。，．・：；？！）］｝〕〉》」』】〙〗’”ー々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥,.:;?!)]}%％ๆฯ၊။។";
    private const string NotLast = "（［｛〔〈《「『【〘〖‘“([{￥＄";
    private const string Clause = "、。，．：；？！」』…,.:;?!";

    /// <summary>How wide it is, in columns: a full-width character takes two, a mark on another none.</summary>
    public int Columns { get; } = Width(Text);

    /// <summary>Whether it ends a clause: the best place to break after.</summary>
    public bool EndsClause => Clause.Contains(Text[^1]);

    /// <summary>The units of a text, in order.</summary>
    public static IReadOnlyList<LineUnit> Of(string text)
    {
        var units = new List<LineUnit>();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var first = units.Count;
            foreach (var piece in Pieces(word))
                units.Add(new LineUnit(piece, units.Count == first && first > 0));
        }
        return units;
    }

    /// <summary>How wide a text is, in columns.</summary>
    public static int Width(string text)
    {
        var columns = 0;
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
            columns += IsWide(Rune.GetRuneAt(elements.GetTextElement(), 0)) ? 2 : 1;
        return columns;
    }

    /// <summary>Whether a character takes two columns (UAX #11: East Asian Wide and Fullwidth, by block; emoji are).</summary>
    public static bool IsWide(Rune rune) =>
        rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE4F) or (>= 0xFF01 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
            or (>= 0x1F300 and <= 0x1FAFF)
        or (>= 0x20000 and <= 0x3FFFD);

    // A word breaks only between grapheme clusters of which one is of a script without spaces, and not where punctuation or a vowel sign
    // clings.
    private static IEnumerable<string> Pieces(string word)
    {
        var piece = new StringBuilder();
        var before = "";
        for (var elements = StringInfo.GetTextElementEnumerator(word); elements.MoveNext();)
        {
            var element = elements.GetTextElement();
            if (piece.Length > 0 && MayBreak(before, element))
            {
                yield return piece.ToString();
                piece.Clear();
            }
            piece.Append(element);
            before = element;
        }
        if (piece.Length > 0)
            yield return piece.ToString();
    }

    private static bool MayBreak(string before, string after)
    {
        var (left, right) = (Rune.GetRuneAt(before, 0), Rune.GetRuneAt(after, 0));
        if (!IsUnspaced(left) && !IsUnspaced(right))
            return false;
        return !NotFirst.Contains(after[0]) && !NotLast.Contains(before[^1]) && !ClingsToNext(left.Value) && !ClingsToPrevious(right.Value);
    }

    // Han, Kana, and Thai to Myanmar and Khmer. Hangul is wide but written with spaces.
    private static bool IsUnspaced(Rune rune) =>
        rune.Value is (>= 0x2E80 and <= 0x312F) or (>= 0x31A0 and <= 0xA4CF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFF01 and <= 0xFF60) or (>= 0x20000 and <= 0x3FFFD)
        or (>= 0xE01 and <= 0xE7F) or (>= 0xE81 and <= 0xEFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF);

    // Thai and Lao vowels that are written before the consonant they follow in speech.
    private static bool ClingsToNext(int letter) => letter is (>= 0xE40 and <= 0xE44) or (>= 0xEC0 and <= 0xEC4);

    // Thai and Lao vowels and signs that stand after their consonant.
    private static bool ClingsToPrevious(int letter) =>
        letter is (>= 0xE2F and <= 0xE3A) or (>= 0xE45 and <= 0xE4E) or (>= 0xEAF and <= 0xEBC) or (>= 0xEC6 and <= 0xECE);
}
