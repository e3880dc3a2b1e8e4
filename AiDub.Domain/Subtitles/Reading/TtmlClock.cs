using System.Globalization;
using System.Xml;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Times of TTML (W3C TTML2, 12.3): a clock's <c>00:01:02.5</c> or <c>00:01:02:12</c> with frames, and offsets such as <c>62.5s</c>,
/// <c>1500t</c>.
/// </summary>
internal sealed record TtmlClock
{
    private const double UsualFrames = 30;

    private double Frames { get; init; } = UsualFrames;

    private double Ticks { get; init; } = 1;

    /// <summary>The clock that the attributes of the root set.</summary>
    public static TtmlClock Of(XmlReader root)
    {
        double? frames = null, ticks = null;
        var share = 1.0;
        for (var has = root.MoveToFirstAttribute(); has; has = root.MoveToNextAttribute())
        {
            if (root.LocalName == "frameRate")
                frames = Positive(root.Value);
            else if (root.LocalName == "tickRate")
                ticks = Positive(root.Value);
            else if (root.LocalName == "frameRateMultiplier" && root.Value.Split(' ', ':') is [var top, var bottom])
                share = (Positive(top) / Positive(bottom)) ?? 1;
        }
        root.MoveToElement();
        return new TtmlClock { Frames = (frames ?? UsualFrames) * share, Ticks = ticks ?? (frames is null ? 1 : frames.Value * share) };
    }

    /// <summary>A time in seconds; not a number when it is none.</summary>
    public double Parse(string text)
    {
        text = text.Trim();
        if (text.Contains(':'))
            return Clock(text.Split(':', ';'));
        var unit = text.AsSpan().TrimStart("0123456789.");
        if (!double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var count))
            return double.NaN;
        return unit switch
        {
            "h" => 3600 * count,
            "m" => 60 * count,
            "s" or "" => count,
            "ms" => count / 1000,
            "f" => count / Frames,
            "t" => count / Ticks,
            _ => double.NaN,
        };
    }

    private double Clock(string[] parts)
    {
        return parts.Select(Number).ToArray() switch
        {
            [var minutes, var seconds] => (60 * minutes) + seconds,
            [var hours, var minutes, var seconds] => (3600 * hours) + (60 * minutes) + seconds,
            [var hours, var minutes, var seconds, var frames] => (3600 * hours) + (60 * minutes) + seconds + (frames / Frames),
            _ => double.NaN,
        };
    }

    private static double Number(string text) =>
        double.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN;

    private static double? Positive(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1e12
            ? number
            : null;
}
