using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Whisper;

namespace AiDub.Tests.Jobs.Engines.Whisper;

/// <summary>What nobody said is left out, and how much it was is counted.</summary>
public sealed class HeardFilterTests
{
    private static readonly AudioSpan[] Speech = [new(1, 3), new(5, 8)];

    [Test]
    public void What_was_said_is_kept_as_it_is_written() =>
        Assert.That(Kept(Piece(" Good morning, everyone.", 1, 3)), Is.EqualTo("Good morning, everyone."));

    [TestCase(" Thanks for watching!", 10, 12, 0.9, 0, "silence")]
    [TestCase(" Thanks for watching!", 2.5, 4.5, 0.9, 0, "made_up")]
    [TestCase(" Thanks for watching!", 5, 7, 0.5, 0, "made_up")]
    [TestCase(" Hello there", 10, 12, 0.9, 0, "silence")]
    [TestCase(" [Music]", 1, 3, 0.9, 0, "silence")]
    [TestCase(" Hello there", 1, 3, 0.35, 0.9, "silence")]
    [TestCase(" Hello there", 1, 3, 0.2, 0, "unlikely")]
    public void What_was_made_up_is_left_out(string text, double start, double end, double probability, double noSpeech, string reason)
    {
        var filter = new HeardFilter(Speech, 0.3);

        Assert.That(filter.Words([Piece(text, start, end, probability, noSpeech)]), Is.Empty);
        Assert.That(filter.LeftOut.Keys, Is.EqualTo(new[] { reason }));
    }

    [TestCase(" Thanks for watching!", 5, 7, 0.95)]
    [TestCase(" Hello there", 1, 3, 0.95)]
    [TestCase(" No, no, no.", 1, 3, 0.95)]
    public void What_was_said_in_earnest_stays(string text, double start, double end, double probability) =>
        Assert.That(Kept(Piece(text, start, end, probability, 0.7)), Is.EqualTo(text.Trim()));

    [Test]
    public void Words_are_moved_into_the_speech_that_they_lie_next_to_and_keep_their_order()
    {
        RecognizedWord[] words = [new("a", 0.4, 0.8), new("b", 0.8, 1.5), new("c", 2.8, 3.6), new("d", 3.6, 3.9), new("e", 20, 21)];

        var snapped = SpeechSnap.Snap(words, Speech);

        Assert.That(snapped.Select(w => w.Text), Is.EqualTo(words.Select(w => w.Text)));
        Assert.That(snapped[0].Start, Is.EqualTo(1));
        Assert.That(snapped[2].End, Is.EqualTo(3));
        Assert.That((snapped[4].Start, snapped[4].End), Is.EqualTo((20, 21)), "what is far from speech is left where it is");
        Assert.That(snapped.Zip(snapped.Skip(1)).All(p => p.First.End <= p.Second.Start), Is.True);
    }

    [TestCase("one two three", "one two three")]
    [TestCase("no no no yes", "no no no yes")]
    [TestCase("no no no no no yes", "no yes")]
    [TestCase("I see. I see. I see. I see. Good.", "I see. Good.")]
    [TestCase("a b c a b c a b c a b c a b", "a b c a b")]
    public void A_phrase_that_is_said_four_times_in_a_row_is_said_once(string text, string once)
    {
        var words = text.Split(' ');

        Assert.That(string.Join(' ', Repetition.Once(words).Select(i => words[i])), Is.EqualTo(once));
    }

    [TestCase("the same thing the same thing the same thing the same thing", true)]
    [TestCase("very very very very nice weather we have today in the mountains", false)]
    [TestCase("", false)]
    public void A_text_is_a_loop_when_most_of_it_is_one(string text, bool isLoop) =>
        Assert.That(Repetition.IsLoop(text), Is.EqualTo(isLoop));

    [Test]
    public void Words_of_a_script_without_spaces_are_its_tokens()
    {
        var piece = new HeardPiece(0, "你好世界。", 0, 2, 0, [
            new("你好", 0, 0.8, 0.9), new("\uFFFD", 0.8, 1, 0.5), new("\uFFFD", 1, 1.2, 0.7), new("界", 1.2, 1.8, 0.9), new("。", 1.8, 2, 0.9),
        ]);

        var words = TokenWords.Of(piece);

        Assert.That(words.Select(w => w.Text), Is.EqualTo(new[] { "你好", "世", "界。" }));
        Assert.That(words.Select(w => w.Start), Is.EqualTo(new[] { 0, 0.8, 1.2 }));
        Assert.That(words[1].Confidence, Is.EqualTo(0.6).Within(0.001));
    }

    private static string Kept(HeardPiece piece) => string.Join(' ', new HeardFilter(Speech, 0.3).Words([piece]).Select(w => w.Text));

    // A token a word.
    private static HeardPiece Piece(string text, double start, double end, double probability = 0.9, double noSpeech = 0)
    {
        var words = text.Trim().Split(' ');
        var each = (end - start) / words.Length;
        return new HeardPiece(
            0, text, start, end, noSpeech,
            [.. words.Select((w, i) => new HeardToken(" " + w, start + i * each, start + (i + 1) * each, probability))]);
    }
}
