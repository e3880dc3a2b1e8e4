using AiDub.Domain.Speech;

namespace AiDub.Tests.Domain.Speech;

/// <summary>How probabilities become stretches of speech; a window is 32 ms.</summary>
public sealed class SpeechActivityTests
{
    private const double Window = 0.032;

    [Test]
    public void Nothing_is_in_nothing() => Assert.That(Of(), Is.Empty);

    [Test]
    public void Speech_has_its_edges_a_little_wider() =>
        Assert.That(Of((31, 0), (31, 0.9), (31, 0)), Is.EqualTo(new[] { Span((31 * Window) - 0.03, (62 * Window) + 0.03) }));

    [Test]
    public void What_lies_between_the_two_thresholds_goes_on_and_begins_nothing()
    {
        Assert.That(Of((20, 0.45)), Is.Empty);
        Assert.That(Of((20, 0), (20, 0.9), (20, 0.4), (20, 0)), Is.EqualTo(new[] { Span((20 * Window) - 0.03, (60 * Window) + 0.03) }));
    }

    [TestCase(3, 1)]
    [TestCase(5, 2)]
    public void Silence_of_a_tenth_of_a_second_parts(int windows, int parts) =>
        Assert.That(Of((20, 0.9), (windows, 0), (20, 0.9), (20, 0)), Has.Count.EqualTo(parts));

    [TestCase(7, 0)]
    [TestCase(8, 1)]
    public void What_is_shorter_than_a_quarter_of_a_second_is_no_speech(int windows, int parts) =>
        Assert.That(Of((20, 0), (windows, 0.9), (20, 0)), Has.Count.EqualTo(parts));

    [Test]
    public void Speech_to_the_end_ends_with_the_recording() =>
        Assert.That(Of((20, 0.9)), Is.EqualTo(new[] { Span(0, 20 * Window) }));

    [Test]
    public void What_the_probability_stays_high_for_is_taken_off_the_end_but_not_off_that_of_the_recording() => Assert.That(
        Of(new ActivityRules { Lag = 0.11 }, (31, 0), (31, 0.9), (31, 0), (31, 0.9)),
        Is.EqualTo(new[] { Span((31 * Window) - 0.03, (62 * Window) - 0.08), Span((93 * Window) - 0.03, 124 * Window) }));

    private static IReadOnlyList<AudioSpan> Of(params (int Windows, double Probability)[] parts) => Of(null, parts);

    private static IReadOnlyList<AudioSpan> Of(ActivityRules? rules, params (int Windows, double Probability)[] parts)
    {
        var activity = new SpeechActivity(Window, rules);
        foreach (var (windows, probability) in parts)
        {
            for (var i = 0; i < windows; i++)
                activity.Add(probability);
        }
        return [.. activity.Finish(parts.Sum(p => p.Windows) * Window).Select(s => Span(s.Start, s.End))];
    }

    private static AudioSpan Span(double start, double end) => new(Math.Round(start, 6), Math.Round(end, 6));
}
