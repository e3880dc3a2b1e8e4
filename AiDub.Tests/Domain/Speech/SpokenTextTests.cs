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

    [TestCase("a <break time='9s'/> b", "a break time='9s'/ b")]
    [TestCase("x [[h@'loU]] y", "x h@'loU y")]
    [TestCase("one\r\ntwo\tthree", "one two three")]
    [TestCase("stop\u0001" + "100s now", "stop 100s now")]
    [TestCase("nice 👍🏽 day ❤️", "nice day")]
    [TestCase("cafe\u0301 20°", "café 20°")]
    public void Nothing_in_it_is_a_command(string text, string plain) => Assert.That(SpokenText.ToPlain(text), Is.EqualTo(plain));
}
