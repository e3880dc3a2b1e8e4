using AiDub.Jobs.Engines.Espeak;

namespace AiDub.Tests.Jobs.Engines.Espeak;

public sealed class EspeakVoicesTests
{
    // Recorded from espeak-ng 1.51.
    private const string Voices = """
        Pty Language       Age/Gender VoiceName          File                 Other Languages
         5  chr-US-Qaaa-x-west --/M      Cherokee_          iro/chr              
         5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
         2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
         2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
         5  es              --/M      Spanish_(Spain)    roa/es               
         5  es-419          --/M      Spanish_(Latin_America) roa/es-419           (es-mx 6)(es 6)
         5  fr-be           --/M      French_(Belgium)   roa/fr-BE            (fr 8)
         5  fr-fr           --/M      French_(France)    roa/fr               (fr 5)
         5  grc             --/M      Greek_(Ancient)    grk/grc              
         5  id              --/M      Indonesian         poz/id               
         5  mi              --/M      Māori             poz/mi               
         5  nb              --/M      Norwegian_Bokmål  gmq/nb               (no 5)
         5  pt              --/M      Portuguese_(Portugal) roa/pt               (pt-pt 5)
         5  pt-br           --/M      Portuguese_(Brazil) roa/pt-BR            (pt 6)
         5  yue             --/M      Chinese_(Cantonese) sit/yue              (zh-yue 5)(zh 8)
        """;

    private const string Variants = """
        Pty Language       Age/Gender VoiceName          File                 Other Languages
         5  variant         --/F      female3            !v/f3                
         5  variant         --/M      Adam               !v/adam              
        """;

    private static readonly EspeakVoices Installed = EspeakVoices.Parse(Voices, Variants);

    [TestCase("es", "es")]
    [TestCase("pt", "pt")]
    [TestCase("fr", "fr-fr")]
    [TestCase("en", "en-gb")]
    [TestCase("zh", "cmn")]
    [TestCase("no", "nb")]
    [TestCase("nb", "nb")]
    [TestCase("id", "id")]
    [TestCase("mi", "mi")]
    [TestCase("el", null)]
    public void A_language_has_its_voice(string language, string? voice) => Assert.That(Installed.Find(language, null), Is.EqualTo(voice));

    [TestCase("es", "es+f3", true)]
    [TestCase("pt", "pt-br", true)]
    [TestCase("es", "es-419+adam", true)]
    [TestCase("es", "es+f9", false)]
    [TestCase("es", "fr-fr", false)]
    [TestCase("es", "es+f3+f3", false)]
    public void Another_voice_must_be_of_that_language(string language, string voice, bool there) =>
        Assert.That(Installed.Find(language, voice), Is.EqualTo(there ? voice : null));

    [TestCase("pt", "BR", "pt-br")]
    [TestCase("en", "US", "en-us")]
    [TestCase("es", "419", "es-419")]
    [TestCase("pt", "AO", "pt")]
    public void A_region_has_its_accent_where_there_is_one(string language, string region, string voice) =>
        Assert.That(Installed.Find(language, null, region), Is.EqualTo(voice));

    [TestCase("es", "es")]
    [TestCase("es+f3", "roa/es+f3")]
    [TestCase("fr-fr+f3", "roa/fr+f3")]
    public void A_voice_with_a_variant_is_asked_for_by_its_file(string voice, string asked) =>
        Assert.That(Installed.FileOf(voice), Is.EqualTo(asked));

    [Test]
    public void A_voice_is_offered_with_the_variants_that_are_installed_and_whose_sound_is_known()
    {
        Assert.That(Installed.Offer("es", null).Select(v => v.Name), Is.EqualTo(new[] { "es", "es+f3" }));
        Assert.That(Installed.Offer("es", "es-419+f3").Select(v => v.Name), Is.EqualTo(new[] { "es-419+f3", "es-419" }));
        Assert.That(Installed.Offer("es", "es+adam").Select(v => v.Name), Is.EqualTo(new[] { "es+adam", "es", "es+f3" }));
        Assert.That(Installed.Offer("pt", null, "BR").Select(v => v.Name), Is.EqualTo(new[] { "pt-br", "pt-br+f3" }));
        Assert.That(Installed.Offer("es", "es+nobody"), Is.Empty);
    }

    [Test]
    public void Only_languages_with_two_letters_are_offered() =>
        Assert.That(Installed.Languages, Is.EquivalentTo((string[])["zh", "en", "es", "fr", "id", "mi", "nb", "no", "pt"]));

    [Test]
    public void No_listing_is_no_voices() => Assert.That(EspeakVoices.Parse("", "").Languages, Is.Empty);
}
