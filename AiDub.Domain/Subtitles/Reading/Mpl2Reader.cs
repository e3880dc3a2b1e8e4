using System.Globalization;
using System.Text.RegularExpressions;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>Reads MPL2: <c>[25][75]Hello|/world</c>, times in tenths of a second, <c>/</c> before a line in italics.</summary>
internal static partial class Mpl2Reader
{
    private const double PerSecond = 10;

    /// <summary>Whether a file that begins with this line is one.</summary>
    public static bool Reads(string first) => Form().IsMatch(first);

    /// <summary>The subtitles in the order of the file.</summary>
    public static List<RawCue> Read(List<TextLine> lines, RepairLog repairs, CancellationToken ct)
    {
        var cues = new List<RawCue>();
        foreach (var line in lines.Where(l => !l.IsBlank))
        {
            ct.ThrowIfCancellationRequested();
            if (Form().Match(line.Text) is not { Success: true } match)
            {
                repairs.Add(line.Number, "left out: no time can be read");
                continue;
            }
            var text = string.Join('\n', match.Groups["text"].Value.Split('|').Select(l => l.StartsWith('/') ? l[1..] : l));
            cues.Add(new RawCue(line.Number, Seconds(match.Groups["from"]), Seconds(match.Groups["to"]), CueMarkup.ToLines(text)));
        }
        return cues;
    }

    private static double Seconds(Group group) =>
        group.Length > 0 ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) / PerSecond : double.NaN;

    [GeneratedRegex(@"^\s*\[(?<from>[0-9]{1,8})\]\s?\[(?<to>[0-9]{0,8})\](?<text>.*)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
