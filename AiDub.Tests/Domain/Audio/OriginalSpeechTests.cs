using AiDub.Domain.Audio;
using AiDub.Domain.Speech;

namespace AiDub.Tests.Domain.Audio;

/// <summary>Where the original is lowered.</summary>
public sealed class OriginalSpeechTests
{
    private static readonly Transcript Heard = new("en", "E", [new Segment(0, 1, 3, "Hello."), new Segment(1, 12, 13, "You.")]);

    [Test]
    public void It_is_where_segments_are() =>
        Assert.That(OriginalSpeech.Of(Heard), Is.EqualTo(new[] { new AudioSpan(1, 3), new AudioSpan(12, 13) }));

    [Test]
    public void It_is_also_where_their_speech_begins_and_ends_but_not_where_no_words_were_recognised()
    {
        var known = Heard with { Speech = [new AudioSpan(0.8, 3.2), new AudioSpan(6, 8), new AudioSpan(10, 13.3)] };

        Assert.That(
            OriginalSpeech.Of(known).Skip(2),
            Is.EqualTo(new[] { new AudioSpan(0.8, 3.2), new AudioSpan(11.5, 13.3) }));
    }
}
