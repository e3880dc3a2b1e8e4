using System.Globalization;
using System.Text.RegularExpressions;

namespace AiDub.Domain.Subtitles;

/// <summary>The line that says when a subtitle is shown: <c>00:00:01,000 --&gt; 00:00:02.500</c>, settings after it disregarded.</summary>
/// <remarks>SubRip writes a comma before the milliseconds and WebVTT a full stop and no hours where there are none; both are taken in either.</remarks>
internal static partial class CueTiming
{
    public const string Arrow = "-->";

    /// <summary>Start and end in seconds.</summary>
    /// <param name="line">A line that holds <see cref="Arrow"/>.</param>
    /// <param name="number">Its number, for the error.</param>
    /// <exception cref="SubtitleFormatException">It is no such line, or the end is not after the start.</exception>
    public static (double Start, double End) Parse(string line, int number)
    {
        var arrow = line.IndexOf(Arrow, StringComparison.Ordinal);
        var start = Time(line[..arrow].Trim(), number);
        var end = Time(line[(arrow + Arrow.Length)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(""), number);
        if (end < start)
            throw new SubtitleFormatException(number, "the end is before the start");
        return end > start ? (start, end) : throw new SubtitleFormatException(number, "the end is the start");
    }

    private static double Time(string text, int number)
    {
        if (Form().Match(text) is not { Success: true } match)
            throw new SubtitleFormatException(number, $"'{(text.Length > 30 ? text[..30] + "…" : text)}' is not a time such as 00:01:02,500");
        return 3600 * Value("h") + 60 * Value("m") + Value("s") + Value("f") / 1000.0;

        int Value(string group) => match.Groups[group] is { Length: > 0 } digits ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"^((?<h>[0-9]{1,3}):)?(?<m>[0-5]?[0-9]):(?<s>[0-5][0-9])[.,](?<f>[0-9]{3})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
