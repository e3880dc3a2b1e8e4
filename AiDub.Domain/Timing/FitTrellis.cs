namespace AiDub.Domain.Timing;

/// <summary>Every start and tempo a segment may take, and the cheapest way through them.</summary>
internal sealed class FitTrellis(
    IReadOnlyList<FitItem> items, double videoSeconds, FitLimits limits, double[] shifts, double[] tempos)
{
    private const double Epsilon = 1e-9;

    // A pause this long lets a voice begin afresh: its tempo owes nothing to what was before.
    private const double FreshPauseSeconds = 2;

    /// <summary>The shift and tempo of every segment, or null when no way keeps to the limits.</summary>
    public (double Shift, double Tempo)[]? Cheapest()
    {
        var states = shifts.Length * tempos.Length;
        var cost = new double[states];
        var next = new double[states];
        var cameFrom = new int[items.Count, states];
        for (var s = 0; s < states; s++)
            cost[s] = Own(0, s);
        for (var i = 1; i < items.Count; i++)
        {
            Step(i, cost, next, cameFrom);
            (cost, next) = (next, cost);
        }

        var best = Array.IndexOf(cost, cost.Min());
        if (double.IsPositiveInfinity(cost[best]))
            return null;
        var path = new (double, double)[items.Count];
        for (var i = items.Count - 1; i >= 0; i--)
        {
            path[i] = (Shift(best), Tempo(best));
            best = cameFrom[i, best];
        }

        return path;
    }

    // For each tempo pair the ends before are sorted once with their running minimum, so that each start finds its best
    // predecessor without looking at all of them.
    private void Step(int i, double[] before, double[] after, int[,] cameFrom)
    {
        Array.Fill(after, double.PositiveInfinity);
        var pause = items[i].Start - items[i - 1].End;
        for (var from = 0; from < tempos.Length; from++)
        {
            var length = items[i - 1].SpeechSeconds / tempos[from];
            for (var to = 0; to < tempos.Length; to++)
            {
                var change = pause > FreshPauseSeconds ? 0 : FitCost.Change(tempos[from], tempos[to]);
                var (cheapest, which, earlier) = (double.PositiveInfinity, -1, 0);
                for (var shift = 0; shift < shifts.Length; shift++)
                {
                    var start = items[i].Start + shifts[shift];
                    while (earlier < shifts.Length && items[i - 1].Start + shifts[earlier] + length + Gap(i) <= start + Epsilon)
                    {
                        var candidate = before[State(earlier, from)];
                        if (candidate < cheapest)
                            (cheapest, which) = (candidate, State(earlier, from));
                        earlier++;
                    }

                    var state = State(shift, to);
                    if (cheapest + change < after[state])
                        (after[state], cameFrom[i, state]) = (cheapest + change, which);
                }
            }
        }

        for (var s = 0; s < after.Length; s++)
            after[s] += Own(i, s);
    }

    // Speech that follows on without a pause in the original may do so in the dub.
    private double Gap(int i) => Math.Clamp(items[i].Start - items[i - 1].End, 0, limits.MinGapSeconds);

    private double Own(int i, int state)
    {
        var (shift, tempo) = (Shift(state), Tempo(state));
        var start = items[i].Start + shift;
        var inside = start >= -Epsilon && start + items[i].SpeechSeconds / tempo <= videoSeconds + Epsilon;
        return inside ? FitCost.Place(items[i], shift, tempo) : double.PositiveInfinity;
    }

    private int State(int shift, int tempo) => shift * tempos.Length + tempo;

    private double Shift(int state) => shifts[state / tempos.Length];

    private double Tempo(int state) => tempos[state % tempos.Length];
}
