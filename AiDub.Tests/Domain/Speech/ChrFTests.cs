namespace AiDub.Tests.Domain.Speech;

public sealed class ChrFTests
{
    [TestCase("Rumah saya besar.", "Rumah saya besar.", 1)]
    [TestCase("Rumah saya besar.", "Rumahsaya besar.", 1)]
    [TestCase("xyz", "Rumah", 0)]
    [TestCase("", "Rumah", 0)]
    [TestCase("", "", 0)]
    public void The_same_text_scores_one_and_another_nothing(string translation, string reference, double score) =>
        Assert.That(ChrF.Of([translation], [reference]), Is.EqualTo(score).Within(1e-12));

    // 1-grams: 2 of 2 made, 2 of 3 wanted; 2-grams: 1 of 1 made, 1 of 2 wanted; longer ones are in one text only. P = 1, R = (2/3 + 1/2)/2.
    [Test]
    public void The_formula_is_that_of_the_paper()
    {
        const double recall = (2.0 / 3 + 1.0 / 2) / 2;
        Assert.That(ChrF.Of(["ab"], ["abc"]), Is.EqualTo(5 * recall / (4 + recall)).Within(1e-12));
    }

    [Test]
    public void Missing_text_costs_more_than_text_too_many() =>
        Assert.That(ChrF.Of(["Rumah saya"], ["Rumah saya besar"]), Is.LessThan(ChrF.Of(["Rumah saya besar"], ["Rumah saya"])));

    [Test]
    public void As_many_references_as_translations_are_needed() =>
        Assert.That(() => ChrF.Of(["a"], ["a", "b"]), Throws.ArgumentException);
}
