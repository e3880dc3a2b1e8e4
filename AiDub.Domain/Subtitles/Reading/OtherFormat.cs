using System.Text.RegularExpressions;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>Knows files that are not read by what they begin with, so that their refusal says what they are.</summary>
internal static partial class OtherFormat
{
    /// <summary>What is read, for a person.</summary>
    public const string Read =
        "SubRip, WebVTT, SubStation Alpha, TTML, SAMI, SBV, LRC, MicroDVD, MPL2, YouTube's XML and JSON, and the JSON of Whisper, "
        + "whisper.cpp and AWS Transcribe are read";

    private const int Head = 64;

    private static readonly (string Start, string Name)[] Known =
    [
        ("Scenarist_SCC", "Scenarist closed captions (SCC)"), ("# VobSub", "a VobSub index, whose subtitles are pictures"),
        (@"{\rtf", "a Rich Text document"), ("PK\u0003\u0004", "a ZIP archive or an office document"), ("%PDF-", "a PDF document"),
        ("\u00D0\u00CF\u0011\u00E0", "an office document"), ("Rar!", "a RAR archive"), ("SQLite format", "a database"),
        ("<!doctype html", "a web page"), ("<html", "a web page"),
    ];

    /// <summary>Throws where a text is plainly of a format that is not read.</summary>
    /// <exception cref="SubtitleFormatException">It is; the message names it, and what is read.</exception>
    public static void Refuse(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, Head)).TrimStart("\uFEFF \t\r\n");
        foreach (var (start, name) in Known)
        {
            if (head.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                throw Refusal(name);
        }
        if (Stl().IsMatch(head))
            throw Refusal("EBU STL");
    }

    /// <summary>The refusal of what is of another format.</summary>
    public static SubtitleFormatException Refusal(string name) => new(1, $"it is {name}, which is not read; {Read}");

    // The number of a code page and the frame rate (EBU Tech 3264, the first block).
    [GeneratedRegex(@"^[0-9]{3}STL[0-9]{2}\.[0-9]{2}", RegexOptions.NonBacktracking)]
    private static partial Regex Stl();
}
