using AiDub.Domain.Speech;

namespace AiDub.Tests.Domain.Speech;

public sealed class SegmentBuilderTests
{
    private static RecognizedWord[] Words(params (string Text, double Start, double End)[] words) =>
        [.. words.Select(w => new RecognizedWord(w.Text, w.Start, w.End))];

    [Test]
    public void No_words_make_no_segments() => Assert.That(SegmentBuilder.Build([]), Is.Empty);

    [Test]
    public void Fillers_alone_make_no_segments() =>
        Assert.That(
            SegmentBuilder.Build(Words(("<s>", 0, 0.1), ("<sil>", 0.1, 1), ("[NOISE]", 1, 2), ("++UM++", 2, 3), ("</s>", 3, 4))), Is.Empty);

    [Test]
    public void A_pause_ends_a_sentence_and_a_shorter_one_does_not()
    {
        var segments = SegmentBuilder.Build(Words(("he", 1, 1.2), ("was(2)", 1.5, 1.8), ("not", 2.2, 2.5)));
        Assert.That(segments, Is.EqualTo((Segment[])[new(0, 1, 1.8, "He was."), new(1, 2.2, 2.5, "Not.")]));
    }

    [Test]
    public void A_pause_mid_sentence_keeps_one_segment() =>
        Assert.That(SegmentBuilder.Build(Words(("a", 0, 0.2), ("b", 0.55, 0.7)))[0].Text, Is.EqualTo("A b."));

    [TestCase("i", "I")]
    [TestCase("i'm", "I'm")]
    [TestCase("it", "it")]
    [TestCase("read(3)", "read")]
    [TestCase("<sil>", "")]
    [TestCase("[SPEECH]", "")]
    [TestCase("", "")]
    public void A_token_becomes_a_word(string token, string word) => Assert.That(SegmentBuilder.Clean(token), Is.EqualTo(word));

    [Test]
    public void A_long_stretch_is_split_at_its_longest_pause()
    {
        var words = Enumerable.Range(0, 28)
            .Select(i => new RecognizedWord("w", i * 0.5 + (i >= 9 ? 0.2 : 0), i * 0.5 + 0.4 + (i >= 9 ? 0.2 : 0)));
        var segments = SegmentBuilder.Build(words);
        Assert.That(segments.Select(s => s.Text.Split(' ').Length), Is.EqualTo((int[])[9, 19]));
    }

    [Test]
    public void Words_without_pauses_fall_into_halves_and_stay_within_the_limits()
    {
        var segments = SegmentBuilder.Build(Enumerable.Range(0, 200).Select(i => new RecognizedWord("w", i * 0.3, i * 0.3 + 0.3)));
        Assert.That(segments, Has.All.Matches<Segment>(s => s.Length <= 12 && s.Text.Split(' ').Length is > 5 and <= 30));
        Assert.That(segments.Zip(segments.Skip(1)), Has.All.Matches<(Segment A, Segment B)>(p => p.A.End <= p.B.Start + 1e-9));
    }

    [Test]
    public void Words_out_of_order_are_put_in_order_and_segments_never_overlap()
    {
        var segments = SegmentBuilder.Build(Words(("late", 9, 9.5), ("early", 1, 2), ("mid", 1.9, 1.9)));
        Assert.That(segments.Select(s => s.Text), Is.EqualTo((string[])["Early mid.", "Late."]));
        Assert.That(segments.Select(s => s.Index), Is.EqualTo((int[])[0, 1]));
    }
}
