namespace AiDub.Jobs.Media.Clock;

/// <summary>A run of the source, over all its streams, that has one clock.</summary>
internal sealed class ClockPiece
{
    /// <summary>How far streams may be apart in a file at one time, in seconds.</summary>
    public const double Apart = 5;

    public double Start { get; set; } = double.PositiveInfinity;

    public double End { get; set; } = double.NegativeInfinity;

    /// <summary>The latest stamp that was read.</summary>
    public double Now { get; set; } = double.NegativeInfinity;

    /// <summary>By how much its clock differs from what was due, in seconds.</summary>
    public double Jump { get; init; }

    /// <summary>How many streams that lead have it.</summary>
    public int Leaders { get; set; }

    /// <summary>For how many seconds others went on with the clock before it, after it had begun.</summary>
    public double OthersWentOn { get; set; }

    /// <summary>Whether a stamp can be of this clock, as far as it has been read.</summary>
    public bool Reaches(double at) => at > Start - Apart && at < Now + Apart;

    /// <summary>Takes a packet of a stream that leads.</summary>
    /// <param name="at">Its stamp.</param>
    /// <param name="start">When it begins to be seen or heard.</param>
    /// <param name="end">When it ends.</param>
    public void Take(double at, double start, double end) =>
        (Start, End, Now) = (Math.Min(Start, start), Math.Max(End, end), Math.Max(Now, at));
}
