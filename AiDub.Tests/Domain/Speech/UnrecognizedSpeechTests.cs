using AiDub.Domain.Speech;

namespace AiDub.Tests.Domain.Speech;

/// <summary>Speech of which no words were recognised.</summary>
public sealed class UnrecognizedSpeechTests
{
    private static readonly AudioSpan[] Speech = [new(0, 2), new(10, 20)];

    [Test]
    public void What_segments_cover_is_not_missing() =>
        Assert.That(UnrecognizedSpeech.Of(Speech, [new(0, 0.3, 1.8, "a"), new(1, 10.2, 15, "b"), new(2, 15.8, 19.5, "c")]), Is.Empty);

    [Test]
    public void What_lies_before_between_and_after_them_is()
    {
        var missing = UnrecognizedSpeech.Of(Speech, [new Segment(0, 12, 13, "a"), new Segment(1, 16, 17, "b")]);

        AudioSpan[] expected = [new(0, 2), new(10, 11.5), new(13.5, 15.5), new(17.5, 20)];
        Assert.That(missing, Is.EqualTo(expected));
    }

    [TestCase(1.9, 2, false)]
    [TestCase(2.5, 30, false)]
    [TestCase(3.5, 30, true)]
    public void Much_is_two_seconds_and_a_tenth(double missing, double speech, bool isMuch) =>
        Assert.That(new SpeechReport(speech, missing, []).IsMuchMissing(), Is.EqualTo(isMuch));
}
