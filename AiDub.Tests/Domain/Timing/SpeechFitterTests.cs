using AiDub.Domain.Timing;

namespace AiDub.Tests.Domain.Timing;

public class SpeechFitterTests
{
    private static readonly FitLimits Limits = new();

    [Test]
    public void Speech_that_fits_its_slot_starts_with_the_original_at_its_own_tempo()
    {
        var plan = SpeechFitter.Fit([new(0, 1, 3, 2), new(1, 5, 7, 2)], 10, Limits);

        Assert.That(plan.Placements.Select(p => (p.Start, p.Tempo)), Is.EqualTo(new[] { (1.0, 1.0), (5.0, 1.0) }));
    }

    [Test]
    public void Speech_a_little_too_long_borrows_the_silence_that_follows()
    {
        var plan = SpeechFitter.Fit([new(0, 0, 2, 2.4), new(1, 4, 5, 1)], 10, Limits);

        Assert.That(plan.Placements[0], Has.Property("Tempo").EqualTo(1.0).And.Property("Start").EqualTo(0));
    }

    [Test]
    public void A_long_segment_is_shared_out_between_tempo_and_neighbours_rather_than_rushed_alone()
    {
        var plan = SpeechFitter.Fit([new(0, 0, 2, 2), new(1, 2, 4, 2.6), new(2, 4.3, 6, 1.5)], 10, Limits);

        Assert.That(plan.Placements.Max(p => p.Tempo), Is.LessThan(1.2));
        Assert.That(plan.Placements.Max(p => Math.Abs(p.StartError)), Is.LessThanOrEqualTo(0.3));
    }

    [Test]
    public void Short_speech_is_slowed_no_further_than_the_limit()
    {
        var plan = SpeechFitter.Fit([new(0, 0, 4, 1)], 10, Limits);

        Assert.That(plan.Placements[0].Tempo, Is.GreaterThanOrEqualTo(Limits.MinTempo));
    }

    [Test]
    public void Being_a_second_late_is_tried_before_speaking_faster_than_the_limit()
    {
        // At 1.3 times the first ends at 3.0, one second after the second would have begun.
        var plan = SpeechFitter.Fit([new(0, 0, 2, 3.8), new(1, 2, 4, 1)], 10, Limits);

        Assert.That(plan.Placements.Max(p => p.Tempo), Is.LessThanOrEqualTo(1.3));
        Assert.That(plan.Placements[1].StartError, Is.InRange(0.5, 1.0));
        Assert.That(plan.ExceedsMaxTempo, Is.False);
    }

    [Test]
    public void Speech_that_nothing_else_helps_goes_faster_and_it_is_said()
    {
        var plan = SpeechFitter.Fit([new(0, 7, 9, 4.5)], 10, Limits);

        Assert.That(plan.Placements[0].Tempo, Is.InRange(1.4, 1.5));
        Assert.That(plan.ExceedsMaxTempo, Is.True);
    }

    [Test]
    public void Speech_in_the_last_instant_starts_earlier_rather_than_faster_than_can_be_understood()
    {
        var plan = SpeechFitter.Fit([new(0, 9.9, 10, 3)], 10, Limits);

        Assert.That(plan.Placements[0].Tempo, Is.InRange(1.3, 2.0));
        Assert.That(plan.Placements[0].End, Is.EqualTo(10).Within(1e-6));
    }

    [Test]
    public void No_speech_is_no_plan() => Assert.That(SpeechFitter.Fit([], 10, Limits).Placements, Is.Empty);

    [Test]
    public void No_plan_on_the_grid_is_cheaper()
    {
        var coarse = new FitLimits { MaxEarlySeconds = 0.05, MaxLateSeconds = 0.1, MinTempo = 0.95, MaxTempo = 1.05 };
        FitItem[] items = [new(0, 0.5, 1, 0.62), new(1, 1.05, 1.6, 0.5), new(2, 1.6, 2.5, 0.95)];

        var plan = SpeechFitter.Fit(items, 2.6, coarse);

        Assert.That(
            Cost(items, plan.Placements.Select(p => (p.StartError, p.Tempo)).ToArray()),
            Is.EqualTo(CheapestByTryingAll(items, 2.6, coarse)).Within(1e-6));
    }

    [FsCheck.NUnit.Property(MaxTest = 150)]
    public bool Whatever_is_said_nothing_overlaps_is_cut_passes_the_end_or_goes_beyond_what_is_published(int seed)
    {
        var (items, video) = Random(seed);

        var plan = SpeechFitter.Fit(items, video, Limits);
        var placed = plan.Placements;
        var kept = items.Except(plan.LeftOut).ToList();

        var inOrder = placed.Zip(placed.Skip(1)).All(pair => pair.First.End <= pair.Second.Start + 1e-6);
        var inside = placed.All(p => p.Start >= -1e-9 && p.End <= video + 1e-6);
        var bounded = placed.All(p => p.Tempo <= Limits.MaxTempoAtEnd + 1e-6
            && p.StartError >= -Limits.MostEarlySeconds - 1e-6 && p.StartError <= Limits.MostLateSeconds + 1e-6);
        var whole = placed.Zip(kept).All(pair => Math.Abs(pair.First.Length * pair.First.Tempo - pair.Second.SpeechSeconds) < 1e-6);
        return inOrder && inside && bounded && whole && placed.Count == kept.Count;
    }

    [FsCheck.NUnit.Property(MaxTest = 150)]
    public bool Speech_as_long_as_the_original_is_never_moved_or_bent(int seed)
    {
        var (items, video) = Random(seed);
        var same = items.Where(i => i.End <= video).Select(i => i with { SpeechSeconds = i.End - i.Start }).ToList();

        return same.Count == 0 || SpeechFitter.Fit(same, video, Limits).Placements.All(p => Math.Abs(p.StartError) < 1e-9 && p.Tempo == 1);
    }

    private static (List<FitItem> Items, double Video) Random(int seed)
    {
        var random = new Random(seed);
        var video = 0.5 + random.NextDouble() * 60;
        var items = new List<FitItem>();
        for (double at = random.NextDouble() * 3; at < video - 0.05; at += random.NextDouble() * random.NextDouble() * 8)
        {
            var length = 0.05 + random.NextDouble() * 5;
            items.Add(new FitItem(items.Count, at, at + length, 0.05 + length * random.NextDouble() * 3));
            at += length;
        }

        return (items, video);
    }

    private static double CheapestByTryingAll(FitItem[] items, double video, FitLimits limits)
    {
        var shifts = Steps(-limits.MaxEarlySeconds, limits.MaxLateSeconds, SpeechFitter.StartStep);
        var tempos = Steps(limits.MinTempo, limits.MaxTempo, SpeechFitter.TempoStep);
        var states = shifts.SelectMany(shift => tempos.Select(tempo => (shift, tempo))).ToArray();
        return (from a in states
                from b in states
                from c in states
                let path = new[] { a, b, c }
                where IsAllowed(items, path, video, limits)
                select Cost(items, path)).Min();
    }

    private static double[] Steps(double from, double to, double step) =>
        [.. Enumerable.Range(0, (int)Math.Round((to - from) / step) + 1).Select(i => from + i * step)];

    private static bool IsAllowed(FitItem[] items, (double Shift, double Tempo)[] path, double video, FitLimits limits)
    {
        for (var i = 0; i < items.Length; i++)
        {
            var end = items[i].Start + path[i].Shift + items[i].SpeechSeconds / path[i].Tempo;
            if (end > video + 1e-9)
                return false;
            if (i + 1 < items.Length)
            {
                var gap = Math.Clamp(items[i + 1].Start - items[i].End, 0, limits.MinGapSeconds);
                if (end + gap > items[i + 1].Start + path[i + 1].Shift + 1e-9)
                    return false;
            }
        }

        return true;
    }

    private static double Cost(FitItem[] items, (double Shift, double Tempo)[] path) =>
        items.Zip(path, (item, state) => FitCost.Place(item, state.Shift, state.Tempo)).Sum()
        + path.Zip(path.Skip(1), (a, b) => FitCost.Change(a.Tempo, b.Tempo)).Sum();
}
