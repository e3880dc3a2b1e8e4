using AiDub.Domain.Speech;

namespace AiDub.Tests.Domain.Speech;

/// <summary>Words that were said, and others.</summary>
public sealed class SpokenWordsTests
{
    private static readonly RecognizedWord[] Words =
        [new("in", 0, 0.9), new("hello", 0.9, 1.4), new("you", 1.9, 2.15), new("him", 2.05, 2.3)];

    [Test]
    public void What_lies_in_speech_was_said() => Assert.That(
        SpokenWords.Within(Words, [new AudioSpan(1, 2)]).Select(w => w.Text), Is.EqualTo(new[] { "hello", "you" }));

    [Test]
    public void Where_nobody_speaks_nothing_was_said() => Assert.That(SpokenWords.Within(Words, []), Is.Empty);

    [Test]
    public void Where_nothing_is_known_all_may_have_been_said() => Assert.That(SpokenWords.Within(Words, null), Is.EqualTo(Words));
}
