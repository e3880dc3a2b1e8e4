using AiDub.Jobs.Engines.Apertium;

namespace AiDub.Tests.Jobs.Engines.Apertium;

public sealed class SegmentBatchTests
{
    [Test]
    public void What_is_joined_can_be_split() =>
        Assert.That(SegmentBatch.Split(SegmentBatch.Join(["One.", "two", "3"]), 3), Is.EqualTo((string[])["One.", "two", "3"]));

    [Test]
    public void A_lost_or_added_boundary_is_noticed()
    {
        Assert.That(SegmentBatch.Split("one\n\n", 2), Is.Null);
        Assert.That(SegmentBatch.Split("one\n\ntwo\n\nthree\n\n", 2), Is.Null);
    }

    [TestCase("a\n\nb", "a b")]
    [TestCase(" a\u2028\u0000b\u00A0c ", "a b c")]
    [TestCase("cafe\u0301", "café")]
    public void A_text_is_one_line_in_nfc(string text, string line) => Assert.That(SegmentBatch.ToLine(text), Is.EqualTo(line));

    [TestCase("The foozle.", "La *foozle.", "La foozle.")]
    [TestCase("The foozle.", "La @foozle #bar.", "La foozle bar.")]
    [TestCase("5*3 is *big*.", "5*3 es *grande*.", "5*3 es *grande*.")]
    [TestCase("We are #1.", "Somos #1.", "Somos #1.")]
    [TestCase("Hello.", " hola", "Hola.")]
    [TestCase("hello", "hola", "hola")]
    [TestCase("Really?", "De verdad?", "De verdad?")]
    [TestCase("He is. She is.", "Es. es.", "Es. Es.")]
    [TestCase("He is. she is.", "Es. es.", "Es. es.")]
    [TestCase("Gone.", "", "Gone.")]
    [TestCase("It is ten years old, not two years old.", " Tiene diez años , no dos años .", "Tiene diez años, no dos años.")]
    [TestCase("Are you ten years old?", "¿Tiene diez años ?", "¿Tiene diez años?")]
    [TestCase("Quoi ? Rien !", "¿Qué ? ¡Nada !", "¿Qué ? ¡Nada !")]
    [TestCase("Good morning and welcome.", "Buenos días Y bienvenido.", "Buenos días y bienvenido.")]
    [TestCase("He took vitamin C and left.", "Tomó vitamina C y marchó.", "Tomó vitamina C y marchó.")]
    [TestCase("He took vitamin C, which is good.", "Tomó vitamina C que es buena.", "Tomó vitamina C que es buena.")]
    [TestCase("A \"plan B\" is better.", "Un plan B es mejor.", "Un plan B es mejor.")]
    [TestCase("Creo que estoy.", "I believe that I am.", "I believe that I am.", "en")]
    [TestCase("Good morning and welcome.", "Bon dia I benvingut.", "Bon dia i benvingut.", "ca")]
    [TestCase("It costs .5 euros.", "Cuesta .5 euros.", "Cuesta .5 euros.")]
    [TestCase("Well... yes", "Bien ... sí", "Bien... sí")]
    [TestCase("Where?", "أين؟", "أين؟", "ar")]
    public void A_translation_is_made_fit_to_be_said(string source, string translation, string finished, string to = "es") =>
        Assert.That(SegmentBatch.Finish(source, translation, to), Is.EqualTo(finished));
}
