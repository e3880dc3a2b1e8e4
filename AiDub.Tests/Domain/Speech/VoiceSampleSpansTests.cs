using AiDub.Domain.Speech;

namespace AiDub.Tests.Domain.Speech;

public sealed class VoiceSampleSpansTests
{
    [Test]
    public void The_longest_stretches_of_a_speaker_are_taken_in_order_of_time_and_none_of_another()
    {
        var spans = Of("S1", (0, 2, "S1"), (3, 8, "S2"), (9, 15, "S1"), (16, 16.5, "S1"));

        Assert.That(spans, Is.EqualTo(new[] { new AudioSpan(0, 2), new AudioSpan(9, 15) }));
    }

    [Test]
    public void No_more_than_three_minutes_are_listened_to() =>
        Assert.That(Of("S1", (0, 100, "S1"), (130, 190, "S1"), (200, 290, "S1")).Sum(s => s.Length), Is.EqualTo(180));

    [Test]
    public void The_clearest_half_minute_is_taken_in_order_of_time()
    {
        AudioSpan[] alone = [new(0, 20), new(30, 45), new(50, 65)];

        Assert.That(
            VoiceSampleSpans.Clearest(alone, [15, 20, 25]), Is.EqualTo(new[] { new AudioSpan(30, 45), new AudioSpan(50, 65) }));
    }

    [Test]
    public void What_is_much_less_clear_is_left_out_once_there_is_enough()
    {
        AudioSpan[] alone = [new(0, 6), new(10, 16), new(20, 26)];

        Assert.That(VoiceSampleSpans.Clearest(alone, [10, 40, 41]), Is.EqualTo(new[] { alone[1], alone[2] }));
        Assert.That(VoiceSampleSpans.Clearest(alone, [10, 11, 41]), Is.EqualTo(alone[1..]), "6 s are not enough for a voice");
    }

    [Test]
    public void Where_somebody_else_speaks_into_it_nothing_is_taken() =>
        Assert.That(Of("S1", (0, 5, "S1"), (4, 6, "S2"), (7, 11, "S1")), Is.EqualTo(new[] { new AudioSpan(7, 11) }));

    [TestCase(2.9, 0)]
    [TestCase(3.0, 1)]
    public void Less_than_three_seconds_are_too_little(double seconds, int spans) =>
        Assert.That(Of("S1", (0, seconds, "S1")), Has.Count.EqualTo(spans));

    private static IReadOnlyList<AudioSpan> Of(string speaker, params (double Start, double End, string Speaker)[] said) =>
        VoiceSampleSpans.Alone(
            [.. said.Select((s, i) => new Segment(i, s.Start, s.End, "Words."))], [.. said.Select(s => s.Speaker)], speaker);
}
