using System.Globalization;
using System.Text;

namespace AiDub.Domain.Speech;

/// <summary>
/// Puts words in place of signs that voices say nothing of: <c>25 ℃</c> becomes <c>25 degrees Celsius</c>, in the language of the text.
/// </summary>
internal static class SpokenSigns
{
    private const string Currencies = "€£$¥₹₽₩₺₴₪₫₦";

    /// <summary>The text as it is said.</summary>
    /// <param name="text">With one form for each sign, as <see cref="CompatibleForms"/> makes it.</param>
    /// <param name="language">As ISO 639-1.</param>
    public static string Say(string text, string language)
    {
        var said = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
            at = Add(said, text, at, language);
        return said.ToString();
    }

    // Returns where the last character is that was read.
    private static int Add(StringBuilder said, string text, int at, string language)
    {
        var c = text[at];
        if (char.IsLetterOrDigit(c) && c is not ('½' or '¼' or '¾' or '²' or 'º'))
        {
            said.Append(c);
            return at;
        }
        switch (c)
        {
            case '°' or 'º' when Scale(text, at) is { } scale:
                Say(scale.Sign);
                return scale.At;
            case '~' or '〜' or '≈':
                if (NextDigit(text, at) && (c == '≈' || !LastDigit(said)))
                    Say("~");
                else if (NextDigit(text, at))
                    Say("~~");
                else
                    said.Append(' ');
                return at;
            case '²' or '³' when said.Length > 0 && said[^1] == 'm' && !(said.Length > 1 && char.IsLetter(said[^2])):
                said.Length--;
                Say(c == '²' ? "m²" : "m³");
                return at;
            case '*':
                Say(LastDigit(said) && NextDigit(text, at) ? "×" : " ");
                return at;
            case '#' when at + 1 < text.Length && char.IsDigit(text[at + 1]):
                Say("№");
                return at;
            case '/' when !(LastDigit(said) && NextDigit(text, at)):
                said.Append(c);
                return at;
            case '½' or '¼' or '¾' when LastDigit(said):
                Say("&");
                Say(c.ToString());
                return at;
            case '§' when at > 0 && text[at - 1] == '§':
                return at;
            case '−' when NextDigit(text, at):
                said.Append('-');
                return at;
        }
        if (Currencies.Contains(c) && Amount(text, at) is > 0 and var length)
        {
            said.Append(text, at + 1, length);
            Say(c.ToString());
            return at + length;
        }
        Say(c.ToString());
        return at;

        void Say(string sign)
        {
            if (SignWords.Of(sign, language) is { } word)
                said.Append(' ').Append(word).Append(' ');
            else
                said.Append(sign);
        }
    }

    private static (string Sign, int At)? Scale(string text, int at)
    {
        var letter = at + 1;
        if (letter < text.Length && text[letter] == ' ')
            letter++;
        var isEnd = letter < text.Length && (letter + 1 == text.Length || !char.IsAsciiLetterOrDigit(text[letter + 1]));
        if (isEnd && text[letter] is 'C' or 'F' && (text[at] == '°' || letter == at + 1))
            return (text[letter] == 'C' ? "℃" : "℉", letter);
        return null;
    }

    // How long the number is that stands right after a sign of money: $1,250.50
    private static int Amount(string text, int at)
    {
        var end = at + 1;
        if (end < text.Length && text[end] == ' ')
            end++;
        var first = end;
        while (end < text.Length && (char.IsDigit(text[end]) || (end > first && IsPoint(text, end))))
            end++;
        return end > first ? end - at - 1 : 0;
    }

    private static bool IsPoint(string text, int at) => text[at] is '.' or ',' && at + 1 < text.Length && char.IsDigit(text[at + 1]);

    private static bool NextDigit(string text, int at)
    {
        at++;
        if (at < text.Length && text[at] == ' ')
            at++;
        return at < text.Length && CharUnicodeInfo.GetDecimalDigitValue(text[at]) >= 0;
    }

    private static bool LastDigit(StringBuilder said)
    {
        var last = said.Length - 1;
        if (last >= 0 && said[last] == ' ')
            last--;
        return last >= 0 && CharUnicodeInfo.GetDecimalDigitValue(said[last]) >= 0;
    }
}
