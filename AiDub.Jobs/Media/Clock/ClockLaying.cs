namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Lays the clocks of a source one after another: each begins where the last one has ended, its streams moved together; pure.
/// </summary>
internal static class ClockLaying
{
    // A stream that alone steps back by less is left to the alignment of its sound.
    private const double LeastLoneStep = 1;
    private const double WentOn = 3;

    // More are how a stream is, not damage, and would not fit into what a program can be told.
    private const int MostStamps = 500;

    public static SourceClock Lay(IReadOnlyList<ClockPiece> pieces, IReadOnlyDictionary<int, ScannedTrack> tracks)
    {
        var start = pieces.Select(p => p.Start).FirstOrDefault(double.IsFinite);
        var leaders = tracks.Values.Count(t => t.Leads && t.Stretches.Count > 0);
        var (shifts, breaks, end) = (new double[pieces.Count], new List<double>(), 0.0);
        shifts[0] = -start;
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (i > 0 && double.IsFinite(piece.Start))
            {
                var (isGap, due) = (IsGap(piece, leaders), IsAlone(piece, leaders) ? EndBefore(i, tracks, shifts) : end);
                shifts[i] = isGap ? shifts[i - 1] : due - piece.Start;
                if (!isGap)
                    breaks.Add(due);
            }
            else if (i > 0)
            {
                shifts[i] = shifts[i - 1];
            }
            end = Math.Max(end, piece.End + shifts[i]);
        }

        var stamps = tracks.Where(t => t.Value.Damaged.Count is > 0 and <= MostStamps)
            .ToDictionary(t => t.Key, t => Stamps(t.Value, shifts));
        var timed = tracks.Where(t => t.Value.Stretches.Any(s => double.IsFinite(s.Start)));
        var spans = timed.ToDictionary(t => t.Key, t => Span(t.Value, shifts));
        return new SourceClock
        {
            Start = start,
            Seconds = Math.Max(0, end),
            SecondsOfAll = spans.Values.Select(s => s.Last).Append(Math.Max(0, end)).Max(),
            Streams = spans,
            Shifts = tracks.Where(_ => breaks.Count + stamps.Count > 0).ToDictionary(t => t.Key, t => Shifts(t.Value, shifts)),
            Stamps = stamps,
            Breaks = breaks,
        };
    }

    // One stream jumps ahead while others do not: it was silent, or its picture stood still.
    private static bool IsGap(ClockPiece piece, int leaders) =>
        piece.Leaders < 2 && leaders > 1 && (piece.Jump > 0 || (IsAlone(piece, leaders) && piece.Jump > -LeastLoneStep));

    private static bool IsAlone(ClockPiece piece, int leaders) => piece.Leaders < 2 && leaders > 1 && piece.OthersWentOn > WentOn;

    // Where the stream that has this clock to itself had ended.
    private static double EndBefore(int piece, IReadOnlyDictionary<int, ScannedTrack> tracks, double[] shifts)
    {
        var stretches = tracks.Values.First(t => t.Leads && t.Stretches.Any(s => s.Piece == piece)).Stretches;
        var before = stretches[stretches.FindIndex(s => s.Piece == piece) - 1];
        return before.End + shifts[before.Piece];
    }

    private static StreamSpan Span(ScannedTrack track, double[] shifts)
    {
        var laid = track.Stretches.Where(s => double.IsFinite(s.Start)).ToList();
        return new StreamSpan(laid.Min(s => s.Start + shifts[s.Piece]), laid.Max(s => s.End + shifts[s.Piece]), track.Packets);
    }

    private static IReadOnlyList<LaidStamp> Stamps(ScannedTrack track, double[] shifts) =>
        [.. track.Damaged.Select(d => new LaidStamp(d.Packet, Math.Max(0, d.Due + shifts[d.Piece])))];

    private static IReadOnlyList<ClockShift> Shifts(ScannedTrack track, double[] shifts)
    {
        var all = new List<ClockShift>();
        foreach (var stretch in track.Stretches)
        {
            if (all.Count == 0 || all[^1].Seconds != shifts[stretch.Piece])
                all.Add(new ClockShift(all.Count == 0 ? 0 : stretch.FirstPacket, shifts[stretch.Piece]));
        }
        return all.Count == 0 ? [new ClockShift(0, shifts[0])] : all;
    }
}
