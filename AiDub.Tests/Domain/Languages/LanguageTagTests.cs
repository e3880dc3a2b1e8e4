using AiDub.Domain.Languages;

namespace AiDub.Tests.Domain.Languages;

public sealed class LanguageTagTests
{
    [TestCase("id", "id")]
    [TestCase("ID", "id")]
    [TestCase("id-ID", "id-ID")]
    [TestCase("in", "id")]
    [TestCase("iw", "he")]
    [TestCase("ind", "id")]
    [TestCase("spa", "es")]
    [TestCase("ger", "de")]
    [TestCase("cmn-Hans", "zh-Hans")]
    [TestCase("pt-br", "pt-BR")]
    [TestCase("pt_BR", "pt-BR")]
    [TestCase("es-419", "es-419")]
    [TestCase("ZH-hant-tw", "zh-Hant-TW")]
    [TestCase("zh-cmn-Hans-CN", "zh-Hans-CN")]
    [TestCase("sr-Latn", "sr-Latn")]
    [TestCase("sl-rozaj", "sl")]
    [TestCase("de-1996", "de")]
    [TestCase("de-DE-u-co-phonebk", "de-DE")]
    [TestCase("en-GB-x-rp", "en-GB")]
    public void A_tag_is_normalised(string text, string tag)
    {
        Assert.That(LanguageTag.TryParse(text, out var parsed), Is.True);
        Assert.That(parsed.ToString(), Is.EqualTo(tag));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("xx")]
    [TestCase("xyz")]
    [TestCase("spanish")]
    [TestCase("zh-Zzzx")]
    [TestCase("pt-QX")]
    [TestCase("en-US-Latn")]
    [TestCase("en-us-nyc")]
    [TestCase("en-x")]
    [TestCase("en--US")]
    [TestCase("-en")]
    public void What_is_no_tag_is_refused(string? text) => Assert.That(LanguageTag.TryParse(text, out _), Is.False);

    [TestCase("id", "Indonesian", "Latn", false)]
    [TestCase("ar", "Arabic", "Arab", true)]
    [TestCase("he", "Hebrew", "Hebr", true)]
    [TestCase("ja", "Japanese", "Jpan", false)]
    [TestCase("zh", "Chinese", "Hans", false)]
    [TestCase("ko", "Korean", "Kore", false)]
    [TestCase("th", "Thai", "Thai", false)]
    [TestCase("ru", "Russian", "Cyrl", false)]
    [TestCase("hi", "Hindi", "Deva", false)]
    [TestCase("fa", "Persian", "Arab", true)]
    public void A_language_has_names_a_script_and_a_direction(string code, string name, string script, bool rightToLeft)
    {
        Assert.That(LanguageCode.EnglishName(code), Is.EqualTo(name));
        Assert.That(LanguageCode.NativeName(code), Is.Not.Empty);
        Assert.That(WritingSystem.Of(code), Is.EqualTo(new WritingSystem(script, rightToLeft)));
    }

    [Test]
    public void Every_three_letters_that_a_language_is_written_with_lead_back_to_it()
    {
        foreach (var code in (string[])["es", "fr", "it", "ca", "pt", "id", "en", "de", "nl", "zh", "ar", "sw", "ms", "eu", "cy"])
        {
            Assert.That(LanguageCode.TryParse(LanguageCode.ToIso6392(code), out var back), Is.True, code);
            Assert.That(back, Is.EqualTo(code));
        }
    }
}
