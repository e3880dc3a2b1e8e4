using AiDub.Jobs.Engines.Festival;

namespace AiDub.Tests.Jobs.Engines.Festival;

public sealed class FestivalTextTests
{
    [TestCase("ca", "L’home té 3,5 €, a les 12:30!", "L'home té 3,5 euros, a les 12:30!")]
    [TestCase("ca", "Col·legi “Ñu” — àcid", "Col·legi Nu àcid")]
    [TestCase("ca", "(system \"rm -rf /\") ; 'quote \\ #<eof>", "system rm -rf; 'quote coixinet eof")]
    [TestCase("ca", "- Hola. – Bé... ¿i tu ?! · ' , -", "Hola. Bé. i tu?")]
    [TestCase("ca", "1 000 000 i 100 000, 1.000,5; 007", "1000000 i 100000, 1.000,5; 007")]
    [TestCase("ca", "1000000000000 12:30", "1 0 0 0 0 0 0 0 0 0 0 0 0 12:30")]
    [TestCase("ca", "1 2 3 400 12 3456", "1 2 3400 12 3456")]
    [TestCase("ca", "Привет мир 世界 😀", "")]
    [TestCase("ru", "Ёлка - это (по-моему) ель…", "Ёлка это по моему ель.")]
    [TestCase("ru", "В 2026-м: 3,5 и т.е. «Так?!»", "В 2026 м: 3, 5 и т. е. Так?")]
    [TestCase("ru", "1 000 000 рублей, 12 500; 2020 100", "1000000 рублей, 12500; 2020 100")]
    [TestCase("ru", "007 в 10:00 и 8:05, 0,5 0", "0 0 7 в 10: 0 0 и 8: 0 5, 0, 5 0")]
    [TestCase("ru", "99999999999 123456789012", "99999999999 1 2 3 4 5 6 7 8 9 0 1 2")]
    [TestCase("ru", "кафе\u0301 их Їжак", "кафе их жак")]
    [TestCase("ru", "') (exit) \"", "exit")]
    [TestCase("ru", ". , ! а", "а")]
    public void A_voice_is_given_its_own_letters_and_marks_only(string language, string text, string read) =>
        Assert.That(FestivalText.From(text, Of(language)), Is.EqualTo(read));

    [Test]
    public void No_text_leaves_a_sign_that_Scheme_would_read([Values("ca", "ru")] string language)
    {
        var every = string.Concat(Enumerable.Range(1, 0xD7FF).Select(c => $"a{(char)c}"));

        Assert.That(
            FestivalText.From(every, Of(language)).Where(c => !char.IsLetterOrDigit(c)).Distinct().Except(" \n.,;:?!'-·"), Is.Empty);
    }

    [TestCase("ca", "casa ", 1000)]
    [TestCase("ru", "дом", 1666)]
    [TestCase("ca", "una casa, dues cases, ", 200)]
    public void No_utterance_is_too_long(string language, string part, int times)
    {
        var read = FestivalText.From(string.Concat(Enumerable.Repeat(part, times)), Of(language));

        Assert.That(read.Split("\n\n").Max(u => u.Length), Is.InRange(100, 200));
        Assert.That(read.Split((char[])[' ', '\n']).Max(w => w.Length), Is.AtMost(40));
        Assert.That(read.Count(char.IsLetter), Is.EqualTo(times * part.Count(char.IsLetter)), "nothing is lost");
    }

    [Test]
    public void No_mark_stands_alone_behind_a_long_word([Values("ca", "ru")] string language, [Values(39, 40, 41, 80, 120)] int letters)
    {
        var read = FestivalText.From($"a, {new string('a', letters)}?!", Of(language));

        Assert.That(read.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(w => w[0]), Is.All.EqualTo('a'));
        Assert.That(read, Does.EndWith("a?"));
    }

    [Test]
    public void Each_voice_can_write_its_letters([Values("ca", "ru")] string language)
    {
        var (voice, letters) = (Of(language), Of(language).Letters + Of(language).Letters.ToUpperInvariant());

        Assert.That(voice.Encoding.GetString(voice.Encoding.GetBytes(letters)), Is.EqualTo(letters));
    }

    [TestCase("(upc_ca_ona_hts msu_ru_nsh_clunits)\n", "upc_ca_ona_hts msu_ru_nsh_clunits")]
    [TestCase("(kal_diphone msu_ru_nsh_clunits_old\n upc_ca_ona_hts)\n", "upc_ca_ona_hts")]
    [TestCase("nil\n", "")]
    [TestCase("", "")]
    public void Voices_that_are_not_known_are_passed_over(string listing, string known) =>
        Assert.That(string.Join(' ', FestivalSynthesizer.ReadVoices(listing).Select(v => v.Name)), Is.EqualTo(known));

    private static FestivalVoice Of(string language) => FestivalVoice.Known.Single(v => v.Language == language);
}
