using AiDub.Domain.Subtitles;

namespace AiDub.Tests.Domain.Subtitles.Reading;

/// <summary>Two who talk at once: all speech is laid one after another.</summary>
public sealed class InterruptionTests
{
    [Test]
    public void Who_goes_on_after_another_threw_in_a_word_says_the_rest_behind_it()
    {
        var texts = Read(
            (0, 10, "I went down the street. Then I saw a dog there. It was very big."),
            (4, 5, "Really?"),
            (11, 12, "Yes."));

        Assert.That(texts, Is.EqualTo(new[]
        {
            (0, 4, "I went down the street."), (4, 5, "Really?"), (5, 10, "Then I saw a dog there. It was very big."), (11.0, 12.0, "Yes."),
        }));
    }

    [Test]
    public void Who_is_interrupted_twice_says_the_rest_in_between_and_behind()
    {
        var texts = Read((0, 12, "The first thing.\nThe second thing. The third thing."), (4, 5, "Oh?"), (8, 9, "Ah!"));

        Assert.That(texts, Is.EqualTo(new[]
        {
            (0, 4, "The first thing."), (4, 5, "Oh?"), (5, 8, "The second thing."), (8, 9, "Ah!"), (9.0, 12.0, "The third thing."),
        }));
    }

    [TestCase(10, "One sentence that is long, and goes on.", TestName = "One sentence")]
    [TestCase(5.4, "One sentence. And another one.", TestName = "An end that is slack")]
    [TestCase(4.5, "One sentence. And another one.", TestName = "Who ends before the other does")]
    [TestCase(6, "No. I really do not think that we should go there tonight.", TestName = "What would have to be said faster then")]
    public void Where_nothing_can_be_said_behind_it_all_is_said_before(double end, string said)
    {
        var texts = Read((0, end, said), (4, 5, "Really?"));

        Assert.That(texts, Is.EqualTo(new[] { (0.0, 4.0, said), (4.0, 5.0, "Really?") }));
    }

    [Test]
    public void A_description_of_sounds_is_parted_nowhere()
    {
        var texts = Read((0, 10, "[The door opens. The wind howls.] Hello there."), (4, 5, "Really?"));

        Assert.That(texts, Is.EqualTo(new[] { (0.0, 4.0, "Hello there."), (4.0, 5.0, "Really?") }));
    }

    [Test]
    public void Two_files_that_answer_each_other_are_parted_neither()
    {
        const string text = "00:00:00,000 --> 00:00:10,000\nOne. Two.\n\n00:00:04,000 --> 00:00:05,000\nReally?\n";

        Assert.That(SubtitleParser.Read(text, isPaired: true).Texts.Select(t => t.Text), Is.EqualTo(new[] { "One. Two.", "Really?" }));
    }

    [Test]
    public void Who_goes_on_is_told_from_who_threw_in_the_word()
    {
        var texts = SubtitleParser.Read(
            "00:00:00,000 --> 00:00:10,000\n>> One sentence. And another one.\n\n00:00:04,000 --> 00:00:05,000\n>> Really?\n").Texts;

        Assert.That(texts.Select(t => t.IsOtherSpeaker), Is.All.True);
        Assert.That(texts, Has.Count.EqualTo(3));
    }

    [Test]
    public void Who_said_it_is_kept_of_both_parts()
    {
        var texts = SubtitleParser.Read(
            "WEBVTT\n\n00:00.000 --> 00:10.000\n<v Ann>One sentence. And another one.\n\n00:04.000 --> 00:05.000\n<v Ben>Really?\n").Texts;

        Assert.That(texts.Select(t => t.Speaker), Is.EqualTo(new[] { "Ann", "Ben", "Ann" }));
    }

    [Test]
    public void Where_two_talk_at_once_all_the_time_every_word_is_said_once_and_in_order()
    {
        var cues = Enumerable.Range(0, 200).Select(i => (i * 1.0, (i * 1.0) + 9, $"A{i}. B{i}. C{i}.")).ToArray();
        var thrown = Enumerable.Range(0, 200).Select(i => ((i * 1.0) + 0.5, (i * 1.0) + 0.7, $"D{i}.")).ToArray();

        var texts = Read([.. cues, .. thrown]);

        Assert.That(
            texts.SelectMany(t => t.Text.Split(' ')), Is.EquivalentTo(cues.Concat(thrown).SelectMany(c => c.Item3.Split(' '))));
        Assert.That(texts.Zip(texts.Skip(1)), Has.All.Matches<((double, double End, string) A, (double Start, double, string) B)>(
            pair => pair.A.End <= pair.B.Start + 1e-9));
    }

    private static List<(double Start, double End, string Text)> Read(params (double Start, double End, string Text)[] cues) =>
    [
        .. SubtitleParser.Read(string.Join("\n", cues.Select(c => $"{Time(c.Start)} --> {Time(c.End)}\n{c.Text}\n")))
            .Texts.Select(t => (Math.Round(t.Start, 6), Math.Round(t.End, 6), t.Text)),
    ];

    private static string Time(double seconds) => TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss\,fff");
}
