using AiDub.Jobs.Engines.Piper;

namespace AiDub.Tests.Jobs.Engines.Piper;

/// <summary>Texts become the numbers of sounds that Piper's voices were trained on.</summary>
public sealed class PiperTextTests
{
    private static readonly Dictionary<string, long[]> Ids = new()
    {
        ["_"] = [0],
        ["^"] = [1],
        ["$"] = [2],
        [" "] = [3],
        [","] = [8],
        ["."] = [10],
        ["a"] = [14],
        ["c"] = [16],
        ["\u0327"] = [140],
        ["ˈ"] = [120],
    };

    [TestCase("Hola, a todos. ¿Qué tal?", "Hola|,", "a todos|.", "¿Qué tal|?")]
    [TestCase("It costs 3.5 or 1,000 dollars!", "It costs 3.5 or 1,000 dollars|!")]
    [TestCase("Wait ... what?! No", "Wait|.", "what|?", "No|.")]
    [TestCase("He said “go.” Then: silence;", "He said “go|.", "Then|:", "silence|.")]
    [TestCase("你好，世界。再见", "你好|,", "世界|.", "再见|.")]
    [TestCase("Well, ... !", "Well|.")]
    [TestCase("...")]
    public void A_text_is_parted_at_its_marks(string text, params string[] clauses) =>
        Assert.That(PiperText.Clauses(text).Select(c => $"{c.Text}|{c.Mark}"), Is.EqualTo(clauses));

    [TestCase("ˈola\n a tˈoðos\n", "ˈola a tˈoðos")]
    [TestCase("(en)wˈɜːd(es) kˈasa", "wˈɜːd kˈasa")]
    [TestCase("t\u0361ʃ o\u200dʊ", "tʃ oʊ")]
    public void What_eSpeak_says_is_taken_without_its_own_signs(string said, string sounds) =>
        Assert.That(PiperText.Clean(said), Is.EqualTo(sounds));

    [Test]
    public void Each_sound_has_its_numbers_and_is_parted_from_the_next() => Assert.That(
        PiperText.Ids([("ˈa", ','), ("a", '.')], Ids), Is.EqualTo(new[] { 1, 0, 120, 0, 14, 0, 8, 0, 3, 0, 14, 0, 10, 0, 2 }));

    [Test]
    public void A_sound_with_a_sign_is_two_and_one_that_the_voice_does_not_know_is_none() => Assert.That(
        PiperText.Ids([("çx𝄞", '.')], Ids), Is.EqualTo(new[] { 1, 0, 16, 0, 140, 0, 10, 0, 2 }));
}
