using AiDub.Domain.Timing;

namespace AiDub.Tests.Domain.Timing;

/// <summary>More speech than there is room for.</summary>
public sealed class LeftOutTests
{
    private static readonly FitLimits Limits = new();

    [Test]
    public void Of_three_hundred_cues_in_ten_seconds_as_much_is_spoken_as_can_be_understood()
    {
        var plan = SpeechFitter.Fit([.. Enumerable.Range(0, 300).Select(i => new FitItem(i, i / 30.0, (i + 1) / 30.0, 1.3))], 10, Limits);

        Assert.That(plan.Placements, Has.Count.EqualTo(15), "10 s at twice the rate are 20 s of speech");
        AssertIsPublishable(plan, 10);
        Assert.That(plan.LeftOut, Has.Count.EqualTo(285));
    }

    [Test]
    public void A_cue_of_a_minute_in_an_instant_is_left_out_and_its_neighbours_are_spoken()
    {
        var plan = SpeechFitter.Fit([new(0, 1, 3, 2), new(1, 3, 3.2, 60), new(2, 4, 6, 2)], 20, Limits);

        Assert.That(plan.LeftOut.Select(i => i.Index), Is.EqualTo(new[] { 1 }));
        Assert.That(plan.Placements.Select(p => (p.Start, p.Tempo)), Is.EqualTo(new[] { (1.0, 1.0), (4.0, 1.0) }));
    }

    [TestCase(1)]
    [TestCase(3)]
    public void What_begins_after_the_end_of_the_video_is_left_out(double after)
    {
        var plan = SpeechFitter.Fit([new(0, 1, 3, 2), new(1, 10 + after, 12 + after, 1)], 10, Limits);

        Assert.That(plan.LeftOut.Select(i => i.Index), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Overlapping_cues_follow_one_another_where_there_is_room()
    {
        var plan = SpeechFitter.Fit([new(0, 1, 4, 3), new(1, 1.5, 4, 2), new(2, 2, 4, 2)], 10, Limits);

        Assert.That(plan.LeftOut, Is.Empty);
        AssertIsPublishable(plan, 10);
    }

    [Test]
    public void A_video_of_two_seconds_takes_four_seconds_of_speech_of_five_minutes()
    {
        var plan = SpeechFitter.Fit([.. Enumerable.Range(0, 100).Select(i => new FitItem(i, i * 0.02, i * 0.02 + 0.02, 3))], 2, Limits);

        Assert.That(plan.Placements, Has.Count.EqualTo(1));
        AssertIsPublishable(plan, 2);
    }

    [Test]
    public void Speech_twice_as_long_throughout_is_all_spoken()
    {
        var plan = SpeechFitter.Fit([.. Enumerable.Range(0, 50).Select(i => new FitItem(i, i * 4, i * 4 + 2, 4))], 200, Limits);

        Assert.That(plan.LeftOut, Is.Empty);
        AssertIsPublishable(plan, 200);
    }

    [Test]
    public void A_speech_that_lags_more_and_more_is_cut_where_it_would_be_three_seconds_late()
    {
        var plan = SpeechFitter.Fit([.. Enumerable.Range(0, 60).Select(i => new FitItem(i, i, i + 1, 2.5))], 60, Limits);

        Assert.That(plan.LeftOut.Count, Is.InRange(10, 14), "of 150 s of speech at twice the rate 120 s fit into 60 s");
        AssertIsPublishable(plan, 60);
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public bool No_choice_of_segments_speaks_noticeably_more(int seed)
    {
        var random = new Random(seed);
        var items = new List<FitItem>();
        for (var at = random.NextDouble(); items.Count < 9; at += random.NextDouble() * 1.5)
            items.Add(new FitItem(items.Count, at, at + 0.5, 0.5 + random.NextDouble() * 8));
        var video = items[^1].End + random.NextDouble();

        var chosen = SegmentChoice.Most(items, video, Limits);

        // The step that ends are told apart by may cost a little a segment.
        return WindowFitter.Fit(chosen, video, Limits) is not null
            && chosen.Sum(i => i.SpeechSeconds) >= MostByTryingAll(items, video) - 0.45;
    }

    private static double MostByTryingAll(List<FitItem> items, double video) => Enumerable.Range(0, 1 << items.Count)
        .Select(set => items.Where((_, i) => (set >> i & 1) == 1).ToList())
        .Where(some => some.Count == 0 || WindowFitter.Fit(some, video, Limits) is not null)
        .Max(some => some.Sum(i => i.SpeechSeconds));

    private static void AssertIsPublishable(FitPlan plan, double video)
    {
        Assert.That(plan.Placements.Select(p => p.Tempo), Is.All.InRange(0.9, 2.0 + 1e-6));
        Assert.That(plan.Placements.Select(p => p.StartError), Is.All.InRange(-2 - 1e-6, 3 + 1e-6));
        Assert.That(plan.Placements.Select(p => p.End), Is.All.LessThanOrEqualTo(video + 1e-6));
        Assert.That(
            plan.Placements.Zip(plan.Placements.Skip(1)).Select(p => p.Second.Start - p.First.End), Is.All.GreaterThanOrEqualTo(-1e-6));
    }
}
