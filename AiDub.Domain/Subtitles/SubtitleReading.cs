namespace AiDub.Domain.Subtitles;

/// <summary>What was mended while a text was read.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="What">What was done, for a person.</param>
public sealed record TextRepair(int Line, string What);

/// <summary>A subtitle file as it was read.</summary>
/// <param name="Texts">What is said, in order of start; none overlaps the next, and none is longer than
/// <see cref="SubtitleParser.MaxTextLength"/>.</param>
/// <param name="Repairs">What was mended, in order of line; the first <see cref="MaxRepairs"/>.</param>
/// <param name="RepairCount">How many repairs there were.</param>
public sealed record SubtitleReading(IReadOnlyList<TimedText> Texts, IReadOnlyList<TextRepair> Repairs, int RepairCount)
{
    /// <summary>How many repairs are kept and told of.</summary>
    public const int MaxRepairs = 20;

    /// <summary>How many frames were supposed to make a second, where a file counts in them and does not say; else null.</summary>
    public double? SupposedRate { get; init; }

    /// <summary>The repairs as one text of bounded length: <c>line 3: …; line 9: …; and 12 more</c>; empty when there were none.</summary>
    public string Summary
    {
        get
        {
            var told = Repairs.Select(r => FormattableString.Invariant($"line {r.Line}: {r.What}"));
            return string.Join(
                "; ",
                RepairCount > Repairs.Count ? told.Append(FormattableString.Invariant($"and {RepairCount - Repairs.Count} more")) : told);
        }
    }
}
