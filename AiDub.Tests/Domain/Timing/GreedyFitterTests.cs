using AiDub.Domain.Timing;

namespace AiDub.Tests.Domain.Timing;

public class GreedyFitterTests
{
    private static readonly FitLimits Limits = new();

    [Test]
    public void Speech_that_fits_its_slot_starts_with_the_original_at_its_own_tempo()
    {
        var plan = GreedyFitter.Fit([new(0, 1, 3, 1.5), new(1, 5, 7, 2)], 10, Limits);

        Assert.That(plan.Placements.Select(p => (p.Start, p.Tempo)), Is.EqualTo(new[] { (1.0, 1.0), (5.0, 1.0) }));
    }

    [Test]
    public void Speech_longer_than_its_slot_first_borrows_the_silence_up_to_the_next_segment()
    {
        var plan = GreedyFitter.Fit([new(0, 0, 2, 3.5), new(1, 4, 5, 1)], 10, Limits);

        Assert.That(plan.Placements[0], Has.Property("Tempo").EqualTo(1.0).And.Property("Length").EqualTo(3.5));
    }

    [Test]
    public void Speech_longer_than_slot_and_silence_is_sped_up_no_further_than_needed()
    {
        var plan = GreedyFitter.Fit([new(0, 0, 2, 2.4), new(1, 2.08, 5, 1)], 10, Limits);

        Assert.That(plan.Placements[0].Tempo, Is.EqualTo(1.2).Within(1e-9));
        Assert.That(plan.Placements[1].StartError, Is.EqualTo(0).Within(1e-9));
    }

    [Test]
    public void What_does_not_fit_at_the_highest_tempo_moves_the_next_segment_later()
    {
        var plan = GreedyFitter.Fit([new(0, 0, 2, 3.9), new(1, 2, 5, 1)], 10, Limits);

        Assert.That(plan.Placements[0].Tempo, Is.EqualTo(1.3));
        Assert.That(plan.Placements[1].Start, Is.EqualTo(3.0).Within(1e-9));
        Assert.That(plan.ExceedsMaxTempo, Is.False);
    }

    [Test]
    public void Only_speech_that_would_pass_the_end_goes_beyond_the_highest_tempo_and_it_is_said()
    {
        var plan = GreedyFitter.Fit([new(0, 0, 2, 2), new(1, 7, 9, 4.5)], 10, Limits);

        Assert.That(plan.Placements[0].Tempo, Is.EqualTo(1.0));
        Assert.That(plan.Placements[1].Tempo, Is.EqualTo(1.5).Within(1e-6));
        Assert.That(plan.Placements[1].Start, Is.EqualTo(7));
        Assert.That(plan.ExceedsMaxTempo, Is.True);
    }

    [Test]
    public void Speech_in_the_last_instant_starts_earlier_rather_than_faster_than_can_be_understood()
    {
        var plan = GreedyFitter.Fit([new(0, 9.9, 10, 3)], 10, Limits);

        Assert.That(plan.Placements[0].Tempo, Is.EqualTo(2.0));
        Assert.That(plan.Placements[0].Start, Is.EqualTo(8.5).Within(1e-9));
    }

    [Test]
    public void No_speech_is_no_plan() => Assert.That(GreedyFitter.Fit([], 10, Limits).Placements, Is.Empty);

    [Test]
    public void Segments_out_of_order_are_refused() =>
        Assert.That(() => GreedyFitter.Fit([new(0, 5, 6, 1), new(1, 1, 2, 1)], 10, Limits), Throws.ArgumentException);

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Whatever_is_said_nothing_overlaps_is_cut_or_passes_the_end(int seed)
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

        var placed = GreedyFitter.Fit(items, video, Limits).Placements;

        var inOrder = placed.Zip(placed.Skip(1)).All(pair => pair.First.End <= pair.Second.Start + 1e-6);
        var inside = placed.All(p => p.Start >= -1e-9 && p.End <= video + 1e-6);
        var whole = placed.Zip(items).All(pair => Math.Abs(pair.First.Length * pair.First.Tempo - pair.Second.SpeechSeconds) < 1e-6);
        var neverSlow = placed.All(p => p.Tempo >= 1 - 1e-9);
        return inOrder && inside && whole && neverSlow && placed.Count == items.Count;
    }
}
