using System.Globalization;
using System.Text.RegularExpressions;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Reads MicroDVD: <c>{25}{75}Hello|world</c>, times in frames; a first subtitle that is a number says how many make a second.
/// </summary>
internal static partial class MicroDvdReader
{
    private const double UsualRate = 23.976;

    /// <summary>Whether a file that begins with this line is one.</summary>
    public static bool Reads(string first) => Form().IsMatch(first);

    /// <summary>The subtitles in the order of the file.</summary>
    public static List<RawCue> Read(List<TextLine> lines, RepairLog repairs, CancellationToken ct)
    {
        var cues = new List<RawCue>();
        double? rate = null;
        foreach (var line in lines.Where(l => !l.IsBlank))
        {
            ct.ThrowIfCancellationRequested();
            if (Form().Match(line.Text) is not { Success: true } match)
            {
                repairs.Add(line.Number, "left out: no time can be read");
                continue;
            }
            if (rate is null)
            {
                var isRate = double.TryParse(match.Groups["text"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var told)
                    && told is > 1 and < 1000;
                rate = isRate ? told : UsualRate;
                if (isRate)
                    continue;
                repairs.SupposedRate = UsualRate;
                repairs.Add(
                    line.Number, "the file does not say how many frames make a second; as many as the video's, or 23.976, were taken");
            }
            cues.Add(
                new RawCue(line.Number, Seconds("from"), Seconds("to"), CueMarkup.ToLines(match.Groups["text"].Value.Replace('|', '\n'))));

            double Seconds(string group) => match.Groups[group] is { Length: > 0 } frames
                ? int.Parse(frames.ValueSpan, CultureInfo.InvariantCulture) / rate.Value
                : double.NaN;
        }
        return cues;
    }

    [GeneratedRegex(@"^\s*\{(?<from>[0-9]{1,8})\}\{(?<to>[0-9]{0,8})\}(?<text>.*)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
