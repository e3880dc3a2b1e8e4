namespace AiDub.Tests.Domain.Speech;

public sealed class WordErrorRateTests
{
    [TestCase("the cat sat", "the cat sat", 0, 3)]
    [TestCase("The cat, sat!", "the CAT sat.", 0, 3)]
    [TestCase("the cat sat", "the hat sat", 1, 3)]
    [TestCase("the cat sat", "the cat", 1, 3)]
    [TestCase("the cat sat", "oh the cat sat down", 2, 3)]
    [TestCase("ill-disposed don’t", "ill disposed don't", 0, 3)]
    [TestCase("", "", 0, 0)]
    [TestCase("a b", "", 2, 2)]
    [TestCase("'quoted' words", "quoted words", 0, 2)]
    public void Errors_are_the_fewest_words_to_change(string said, string heard, int errors, int words) =>
        Assert.That(WordErrorRate.Of(said, heard), Is.EqualTo(new WordErrorRate(errors, words)));

    [Test]
    public void The_rate_of_silence_heard_as_silence_is_nought_and_as_words_is_one()
    {
        Assert.That(WordErrorRate.Of("", "").Rate, Is.Zero);
        Assert.That(WordErrorRate.Of("", "ghost words").Rate, Is.EqualTo(1));
        Assert.That(WordErrorRate.Of("a b", "a c").Rate, Is.EqualTo(0.5));
    }
}
