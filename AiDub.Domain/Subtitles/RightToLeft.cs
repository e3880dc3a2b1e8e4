using System.Text;
using AiDub.Domain.Languages;

namespace AiDub.Domain.Subtitles;

/// <summary>Makes players show right-to-left text from the right, with its punctuation at the left end.</summary>
/// <remarks>
/// A subtitle has no field for its direction. WebVTT takes a line's direction from its first strong character (W3C WebVTT 1, 6.5), so a
/// mark in front settles it. SubRip has no rule and many players lay every line out from the left; there the whole line is embedded.
/// Embeddings are used and not the isolates of Unicode 6.3: fonts and players from before show isolates as boxes, and a player that takes
/// the first strong character looks into an embedding but not into an isolate (UAX #9, P2).
/// </remarks>
internal static class RightToLeft
{
    private const char RightToLeftMark = '\u200F';
    private const char RightToLeftEmbedding = '\u202B';
    private const char PopDirectionalFormatting = '\u202C';

    /// <summary>The text with every line embedded from right to left, when it is to be read so; otherwise as it is.</summary>
    /// <param name="text">The lines of a subtitle.</param>
    /// <param name="language">Its language as ISO 639-1, or <c>und</c>.</param>
    public static string Embed(string text, string language) =>
        Runs(text, language) ? Lines(text, l => $"{RightToLeftEmbedding}{l}{PopDirectionalFormatting}") : text;

    /// <summary>The text with a mark before every line, when it is to be read from right to left; otherwise as it is.</summary>
    /// <inheritdoc cref="Embed"/>
    public static string Mark(string text, string language) => Runs(text, language) ? Lines(text, l => RightToLeftMark + l) : text;

    private static string Lines(string text, Func<string, string> change) => string.Join('\n', text.Split('\n').Select(change));

    // A sentence of a language that runs so does, however long the names and addresses in it; in others the letters are counted.
    private static bool Runs(string text, string language)
    {
        var (right, left) = (0, 0);
        foreach (var rune in text.EnumerateRunes().Where(Rune.IsLetter))
        {
            if (IsRightToLeft(rune.Value))
                right++;
            else
                left++;
        }
        return right > left || (right > 0 && WritingSystem.Of(language).IsRightToLeft);
    }

    // The blocks whose letters are of bidirectional class R or AL: Hebrew to Arabic Extended-A, their presentation forms, and the scripts
    // from U+10800 and U+1E800.
    private static bool IsRightToLeft(int letter) =>
        letter is (>= 0x590 and <= 0x8FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF)
            or (>= 0x1E800 and <= 0x1EFFF);
}
