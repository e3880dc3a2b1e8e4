namespace AiDub.Domain.Timing;

/// <summary>What makes a plan worse, as plain numbers that add up.</summary>
/// <remarks>
/// The scale: a segment that starts 0.3 s late (the limit of ITU-R BT.1359 for sound that is noticed as late is about 0.125 s) costs as
/// much as one that is 15 % fast. Being early costs twice as much as being late: lips that have not moved yet betray a dub.
/// </remarks>
internal static class FitCost
{
    private const double PerSecondLate = 4;
    private const double PerSecondEarly = 8;
    private const double PerTempo = 16;
    private const double FromTempo = 1.15;
    private const double PerTempoBeyond = 60;
    private const double PerTempoChange = 8;
    private const double PerSecondOfEnd = 0.5;
    private const double Quadratic = 4;

    /// <summary>The cost of one segment's own place.</summary>
    /// <param name="item">The segment.</param>
    /// <param name="shift">How far it starts from the original, in seconds; positive is late.</param>
    /// <param name="tempo">1 is the voice's own.</param>
    public static double Place(FitItem item, double shift, double tempo)
    {
        var start = shift < 0 ? PerSecondEarly * -shift : PerSecondLate * shift;
        var bend = Math.Abs(tempo - 1);
        var fast = Math.Max(0, tempo - FromTempo);
        var end = Math.Abs(item.Start + shift + item.SpeechSeconds / tempo - item.End);
        return start * (
            1 + Math.Abs(shift) * Quadratic) + PerTempo * bend * bend * Quadratic + PerTempoBeyond * fast + PerSecondOfEnd * end;
    }

    /// <summary>The cost of a change of tempo between neighbours.</summary>
    public static double Change(double tempo, double next) => PerTempoChange * Math.Abs(next - tempo);
}
