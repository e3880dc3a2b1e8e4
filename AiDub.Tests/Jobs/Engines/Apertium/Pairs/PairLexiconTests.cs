using AiDub.Jobs.Engines.Apertium.Pairs;

namespace AiDub.Tests.Jobs.Engines.Apertium.Pairs;

public sealed class PairLexiconTests
{
    [Test]
    public void What_was_written_by_hand_goes_before_the_dictionary()
    {
        var lexicon = PairLexicon.Build(["# a comment", "house<n>\trumah<n>"], ["eat\tmakan"],
            [
                new("house", "n", "wisma"),
                new("city", "n", "kota"),
                new("eat", "v", "santap"),
                new("rinse", "v", "membilas"),
                new("of", "preposition", "dari")]);

        Assert.That(lexicon.Words.Select(w => $"{w.Source.Lemma} {w.Target.Lemma}"), Is.EqualTo((string[])["house rumah", "city kota"]));
        Assert.That(
            lexicon.Verbs.Select(v => $"{v.Lemma} {v.Target.Active} {v.Target.Root}"),
            Is.EqualTo((string[])["eat makan makan", "rinse membilas bilas"]));
    }

    [Test]
    public void A_particle_is_adverb_or_preposition_unless_it_says()
    {
        var verb = PairLexicon.Build([], ["wait for\tmenunggu\ttunggu", "go to<pr> bed<n><sg>\ttidur"], []).Verbs;

        Assert.That(verb[0].Lemma, Is.EqualTo("wait# for"));
        Assert.That(verb[0].Particles.Single().Select(p => p.Tags.Single()), Is.EqualTo((string[])["adv", "pr"]));
        Assert.That(verb[1].Lemma, Is.EqualTo("go# to bed"));
        Assert.That(verb[1].Particles[1].Single().Tags, Is.EqualTo((string[])["n", "sg"]));
    }

    [TestCase("house<n> rumah<n>")]
    [TestCase("house<n\trumah<n>")]
    public void A_line_that_is_no_pair_is_an_error_that_shows_it(string line) =>
        Assert.That(() => PairLexicon.Build([line], [], []), Throws.TypeOf<FormatException>().With.Message.Contains("house<n"));
}
