using AiDub.Domain.Speech;

namespace AiDub.Tests.Domain.Speech;

public sealed class SpokenTextTests
{
    [TestCase("Hello", true)]
    [TestCase("7", true)]
    [TestCase("日本", true)]
    [TestCase("ก", true)]
    [TestCase("", false)]
    [TestCase(" …?! ", false)]
    [TestCase("😀👍🏽", false)]
    public void Letters_and_digits_of_any_script_can_be_said(string text, bool speakable) =>
        Assert.That(SpokenText.IsSpeakable(text), Is.EqualTo(speakable));

    [TestCase("a <break time='9s'/> b", "a break time equals '9s'/ b")]
    [TestCase("x [[h@'loU]] y", "x h at 'loU y")]
    [TestCase("one\r\ntwo\tthree", "one two three")]
    [TestCase("stop\u0001" + "100s now", "stop 100s now")]
    [TestCase("nice 👍🏽 day ❤️", "nice day")]
    [TestCase("cafe\u0301 20°", "café 20 degrees")]
    [TestCase("👩‍💻 1\uFE0F\u20E3 🇪🇸 go", "1 go")]
    public void Nothing_in_it_is_a_command(string text, string plain) => Assert.That(SpokenText.ToPlain(text, "en"), Is.EqualTo(plain));

    [TestCase("今天二十五℃。", "zh", "今天二十五 摄氏度 。")]
    [TestCase("25°C", "es", "25 grados Celsius")]
    [TestCase("25 º C", "es", "25 º C")]
    [TestCase("25ºC y 90°F.", "es", "25 grados Celsius y 90 grados Fahrenheit .")]
    [TestCase("１００㎡", "ja", "100 平方メートル")]
    [TestCase("25 m² & 3 m³", "de", "25 Quadratmeter und 3 Kubikmeter")]
    [TestCase("№ 5, #7", "fr", "numéro 5, numéro 7")]
    [TestCase("~5, 5~10 y hola~", "es", "unos 5, 5 a 10 y hola")]
    [TestCase("$1,250.50, 20€, £ 3", "en", "1,250.50 dollars , 20 euros , 3 pounds")]
    [TestCase("§§ 5 + 5 = 10", "en", "section 5 plus 5 equals 10")]
    [TestCase("2½ ①Ⅳ ﬁ 𝐇𝐢", "en", "2 and a half 1IV fi Hi")]
    [TestCase("3 * 4 *and* −5", "en", "3 times 4 and -5")]
    [TestCase("and/or 1/2", "fr", "and/or 1 sur 2")]
    [TestCase("5 ℃ ‰ &", "qu", "5 degrees Celsius per mille &")]
    [TestCase("a \ud83c b", "en", "a b")]
    public void Signs_are_words_of_the_language(string text, string language, string plain) =>
        Assert.That(SpokenText.ToPlain(text, language), Is.EqualTo(plain));
}
