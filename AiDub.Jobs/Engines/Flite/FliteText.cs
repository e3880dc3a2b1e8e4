using System.Globalization;
using System.Text;
using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines.Flite;

/// <summary>Text as Flite reads it: ASCII.</summary>
internal static class FliteText
{
    /// <summary>Plain ASCII: accents go, typographic quotes and dashes become plain ones, what has no ASCII form goes.</summary>
    public static string From(string text)
    {
        var ascii = new StringBuilder(text.Length);
        foreach (var c in SpokenText.ToPlain(text, "en").Normalize(NormalizationForm.FormKD))
        {
            if (char.IsAscii(c))
                ascii.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)
                ascii.Append(Plain(c));
        }
        return string.Join(' ', ascii.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Plain(char c) => c switch
    {
        '‘' or '’' or '‛' => "'",
        '“' or '”' or '„' or '«' or '»' => "\"",
        '–' or '—' => " - ",
        '…' => "...",
        'ß' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ø' or 'Ø' => "o",
        'ł' or 'Ł' => "l",
        '€' => " euros ",
        '£' => " pounds ",
        '°' => " degrees ",
        _ => " ",
    };
}
