using System.Text;
using AiDub.Jobs.Engines.Supertonic;

namespace AiDub.Tests.Jobs.Engines.Supertonic;

public sealed class SupertonicTextTests
{
    [TestCase("es", "¿Qué tal?", "<es>¿Que\u0301 tal?</es>")]
    [TestCase("es", "El niño", "<es>El nin\u0303o.</es>")]
    [TestCase("en", "He said “yes” – it’s a_b …", "<en>He said \"yes\" - it's a b...</en>")]
    [TestCase("fr", "Bonjour ! Ça va ?", "<fr>Bonjour! C\u0327a va?</fr>")]
    [TestCase("ko", "한국", "<ko>\u1112\u1161\u11ab\u1100\u116e\u11a8.</ko>")]
    [TestCase("ja", "こんにちは。", "<ja>こんにちは。</ja>")]
    [TestCase("ar", "مرحبا", "<ar>مرحبا.</ar>")]
    [TestCase("hi", "नमस्ते।", "<hi>नमस्ते।</hi>")]
    [TestCase("en", "''Quoted\"\"", "<en>'Quoted\"</en>")]
    public void A_text_is_plain_and_decomposed_between_tags(string language, string text, string chunk) =>
        Assert.That(SupertonicText.Chunks(text, language), Is.EqualTo(new[] { chunk }));

    [TestCase("</es><en>hello</en><laugh>")]
    [TestCase("＜laugh＞ hola ‹b› <breath>")]
    [TestCase("a\u0000b\n\n<es\t> 😀 </es> \ud800")]
    public void No_text_holds_a_tag(string text)
    {
        var chunk = SupertonicText.Chunks(text, "es").Single();

        Assert.That(chunk, Does.StartWith("<es>").And.EndsWith("</es>"));
        Assert.That(chunk[4..^5], Does.Not.Contain("<").And.Not.Contain(">"));
    }

    [TestCase("")]
    [TestCase(" \n")]
    [TestCase("...")]
    [TestCase("😀 <>")]
    public void A_text_with_nothing_to_say_has_no_parts(string text) => Assert.That(SupertonicText.Chunks(text, "es"), Is.Empty);

    [TestCase("es", "La casa es grande. ", 300, ".</es>")]
    [TestCase("es", "la casa, el coche, ", 300, ",</es>")]
    [TestCase("es", "la casa el coche ", 300, ".</es>")]
    [TestCase("ja", "家は大きいです。", 120, "。</ja>")]
    [TestCase("ja", "家", 120, ".</ja>")]
    public void A_long_text_is_parted_where_it_disturbs_least(string language, string part, int most, string end)
    {
        var text = string.Concat(Enumerable.Repeat(part, 5000 / part.Length));

        var chunks = SupertonicText.Chunks(text, language);

        Assert.That(chunks, Has.Count.InRange(text.Length / most, text.Length * 3 / most));
        Assert.That(chunks, Has.All.EndsWith(end));
        Assert.That(chunks.Select(c => c[4..^6].Normalize(NormalizationForm.FormKC).Length), Has.All.LessThanOrEqualTo(most));
        Assert.That(
            string.Concat(chunks.Select(c => c[4..^5])).Where(char.IsLetter),
            Is.EqualTo(text.Normalize(NormalizationForm.FormKD).Where(char.IsLetter)),
            "nothing is lost");
    }

    [Test]
    public void A_letter_keeps_its_accents_where_a_word_has_to_be_parted()
    {
        var text = string.Concat(Enumerable.Repeat("a\u0323\u0302", 1000));

        Assert.That(SupertonicText.Chunks(text, "vi").Select(c => c[4]), Has.All.EqualTo('a'));
        Assert.That(
            string.Concat(SupertonicText.Chunks(text, "vi").Select(c => c[4..^6])), Is.EqualTo(text.Normalize(NormalizationForm.FormKD)));
    }
}
