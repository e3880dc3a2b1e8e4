using System.Globalization;
using System.Text.RegularExpressions;

namespace AiDub.Tests.Bench;

/// <summary>When tools ran, from the log of a service that tells it (<c>AiDub.Jobs.Tools</c> at level Debug).</summary>
internal static partial class ToolTimes
{
    /// <summary>The seconds since a moment in which at least one tool ran.</summary>
    public static double Covered(string log, DateTimeOffset since)
    {
        var runs = Run().Matches(log)
            .Select(m =>
                (
                    Start: DateTimeOffset.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture),
                    Seconds: double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)))
            .Select(run => (run.Start, End: run.Start.AddSeconds(run.Seconds)))
            .OrderBy(run => run.Start);
        var (covered, at) = (TimeSpan.Zero, since);
        foreach (var (start, end) in runs.Where(run => run.End > since))
        {
            covered += end > at ? end - (start > at ? start : at) : TimeSpan.Zero;
            at = end > at ? end : at;
        }
        return covered.TotalSeconds;
    }

    [GeneratedRegex(@"\S+ ran from (\S+) for ([\d.]+) s")]
    private static partial Regex Run();
}
