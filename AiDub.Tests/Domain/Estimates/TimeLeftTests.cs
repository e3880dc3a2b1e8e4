using AiDub.Domain.Estimates;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Domain.Estimates;

public class TimeLeftTests
{
    private static readonly string[] Steps = ["fetch", "transcribe", "speakers", "translate", "speak", "fit", "render"];
    private static readonly Dictionary<string, double> Weights = StepPlan.Rows.ToDictionary(row => row.Name, row => row.Weight);
    private static readonly Dictionary<string, double> Usual = new()
    {
        ["fetch"] = 1,
        ["transcribe"] = 60,
        ["speakers"] = 2,
        ["translate"] = 4,
        ["speak"] = 8,
        ["fit"] = 6,
        ["render"] = 20,
    };

    [Test]
    public void Nothing_is_known_while_the_source_is_fetched_or_the_first_work_has_hardly_begun()
    {
        Assert.That(At(Usual, 0.5), Is.Null, "fetching");
        Assert.That(At(Usual, 1 + 60 * 0.05), Is.Null, "a twentieth recognised");
        Assert.That(At(Usual, 1 + 60 * 0.3), Is.Not.Null, "a third recognised");
    }

    [TestCase(0.1)]
    [TestCase(1)]
    [TestCase(7)]
    public void A_dub_whose_steps_take_their_usual_shares_is_foretold_on_machines_of_any_speed(double slowness)
    {
        var seconds = Usual.ToDictionary(step => step.Key, step => step.Value * slowness);
        var whole = seconds.Values.Sum();

        for (var at = seconds["fetch"] + seconds["transcribe"] * 0.25; at < whole; at += whole / 200)
            Assert.That(At(seconds, at), Is.EqualTo(whole - at).Within(0.03 * whole), $"{at:F1} s of {whole:F1}");
    }

    [Test]
    public void A_step_that_is_slower_than_the_others_is_judged_by_its_own_pace()
    {
        var seconds = new Dictionary<string, double>(Usual) { ["speak"] = 80 };

        Assert.That(At(seconds, 67 + 40), Is.InRange(40, 40 + 60), "half spoken: as long again, and what follows");
    }

    [Test]
    public void A_step_that_says_nothing_and_takes_longer_than_it_should_never_counts_to_nothing()
    {
        var done = new[] { new StepTime(Weights["transcribe"], 60) };

        Assert.That(TimeLeft.Estimate(done, new StepTime(Weights["translate"], 400), 0, 0), Is.EqualTo(100));
    }

    [Test]
    public void What_took_no_time_measured_nothing()
    {
        var given =
            new[] { new StepTime(Weights["texts"], 0.01), new StepTime(Weights["fetch"], 30), new StepTime(Weights["transcribe"], 0.01),
                new StepTime(Weights["translate"], 0.01) };

        Assert.That(TimeLeft.Estimate(given, new StepTime(Weights["speak"], 1), 0, 26), Is.Null);
        Assert.That(TimeLeft.Estimate(given, new StepTime(Weights["speak"], 4), 0.5, 26), Is.EqualTo(4 + 26).Within(0.01));
    }

    [Test]
    public void It_is_never_negative_whatever_was_measured()
    {
        var random = new Random(7);
        for (var i = 0; i < 5000; i++)
        {
            var at = random.Next(Steps.Length);
            var done = Steps.Take(at)
                .Select(step => new StepTime(Weights[step], random.NextDouble() * Math.Pow(10, random.Next(-3, 4))))
                .ToList();
            var current = new StepTime(Weights[Steps[at]], random.NextDouble() * Math.Pow(10, random.Next(-3, 4)));
            var left = TimeLeft.Estimate(done, current, random.NextDouble() * 2 - 0.5, Steps.Skip(at + 1).Sum(step => Weights[step]));
            if (left is { } seconds)
                Assert.That(seconds, Is.GreaterThanOrEqualTo(0).And.LessThan(double.PositiveInfinity), $"seed 7, case {i}");
        }
    }

    [Test]
    public void What_is_shown_begins_with_the_first_estimate_and_counts_down_with_the_clock()
    {
        var shown = SteadyCountdown.Unknown.Next(null, 3).Next(40, 5).Next(30, 15);

        Assert.That(shown.Seconds, Is.EqualTo(30));
        Assert.That(shown.Next(null, 16).Seconds, Is.Null);
    }

    [Test]
    public void What_is_shown_never_jumps_nor_falls_below_nothing_however_the_estimates_do()
    {
        var random = new Random(11);
        var shown = SteadyCountdown.Unknown.Next(50, 0);
        for (var second = 1; second < 2000; second++)
        {
            var estimate = random.NextDouble() * 100;
            var next = shown.Next(estimate, second);
            Assert.That(next.Seconds, Is.GreaterThanOrEqualTo(0));
            Assert.That(
                Math.Abs(next.Seconds!.Value - shown.Seconds!.Value),
                Is.LessThanOrEqualTo(1 + 0.19 * Math.Abs(estimate - shown.Seconds.Value) + 0.19));
            shown = next;
        }
    }

    [Test]
    public void What_is_shown_comes_to_the_truth_within_some_seconds()
    {
        var shown = SteadyCountdown.Unknown.Next(5, 0);
        for (var second = 1; second <= 15; second++)
            shown = shown.Next(100 - second, second);

        Assert.That(shown.Seconds, Is.EqualTo(85).Within(6));
    }

    // What is estimated that many seconds into a dub whose steps take so long.
    private static double? At(Dictionary<string, double> seconds, double at)
    {
        var done = new List<StepTime>();
        foreach (var (step, i) in Steps.Select((step, i) => (step, i)))
        {
            if (at < seconds[step])
            {
                var after = Steps[(i + 1)..].Sum(next => Weights[next]);
                return TimeLeft.Estimate(done, new StepTime(Weights[step], at), at / seconds[step], after);
            }
            at -= seconds[step];
            done.Add(new StepTime(Weights[step], seconds[step]));
        }
        return 0;
    }
}
