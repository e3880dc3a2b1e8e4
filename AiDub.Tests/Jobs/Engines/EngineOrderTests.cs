using AiDub.Jobs.Engines;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Engines;

public sealed class EngineOrderTests
{
    [Test]
    public void Flite_goes_before_Espeak_unless_configured()
    {
        using var host = new EngineHost();
        Assert.That(
            host.Get<Synthesizers>().InOrder.Select(e => e.Name),
            Is.EqualTo((string[])["Piper", "Supertonic", "Flite", "Festival", "Espeak"]));
        Assert.That(host.Get<Recognizers>().InOrder.Select(e => e.Name), Is.EqualTo((string[])["Whisper", "PocketSphinx"]));
        Assert.That(host.Get<Translators>().InOrder.Select(e => e.Name), Is.EqualTo((string[])["LlamaCpp", "Apertium"]));
    }

    [Test]
    public void A_list_may_be_text_with_commas_or_an_array()
    {
        using var text = new EngineHost(("Engines:Synthesizer", " espeak , FLITE "));
        using var array = new EngineHost(("Engines:Synthesizer:0", "Espeak"));
        Assert.That(text.Get<Synthesizers>().InOrder.Select(e => e.Name), Is.EqualTo((string[])["Espeak", "Flite"]));
        Assert.That(array.Get<Synthesizers>().InOrder.Select(e => e.Name), Is.EqualTo((string[])["Espeak"]));
    }

    [Test]
    public void A_name_that_is_no_engine_is_refused_with_the_names_that_are()
    {
        using var host = new EngineHost(("Engines:Synthesizer", "Nobody"));
        Assert.That(
            host.Get<Synthesizers>,
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains(
                "'Nobody'; there are: ElevenLabs, Espeak, Festival, Flite, OpenAiSynthesizer, Piper, Supertonic."));
    }

    [Test]
    public void An_empty_list_is_refused()
    {
        using var host = new EngineHost(("Engines:Recognizer", " , "));
        Assert.That(host.Get<Recognizers>, Throws.TypeOf<OptionsValidationException>());
    }

    [Test]
    public async Task The_first_that_can_do_a_language_does_it()
    {
        using var host = new EngineHost();
        var synthesizers = host.Get<Synthesizers>();
        Assert.That((await synthesizers.ForAsync("en", default))?.Name, Is.EqualTo("Flite"));
        Assert.That((await synthesizers.ForAsync("id", default))?.Name, Is.EqualTo("Espeak"));
        Assert.That(await synthesizers.ForAsync("zu", default), Is.Null);
        Assert.That((await host.Get<Recognizers>().ForAsync(null, default))?.Name, Is.EqualTo("PocketSphinx"));
        Assert.That(await host.Get<Translators>().ForAsync("en", "zu", default), Is.Null);
    }

    [Test]
    public async Task Targets_are_what_can_be_both_translated_and_spoken()
    {
        using var host = new EngineHost();
        Assert.That(
            await host.Get<LanguageSupport>().TargetsAsync(null, default), Is.SupersetOf((string[])["ca", "en", "es", "fr", "it", "pt"]));
        Assert.That(await host.Get<LanguageSupport>().SourcesAsync(default), Is.EqualTo((string[])["en"]));
    }

    [TestCase("no-such-tool")]
    [TestCase("/no/such/tool")]
    [TestCase("false")]
    public async Task Engines_that_are_not_installed_or_do_not_answer_offer_no_targets(string tool)
    {
        using var host = new EngineHost(
            ("Engines:PocketSphinx:Executable", tool), ("Engines:Apertium:Executable", tool),
            ("Engines:Espeak:Executable", tool), ("Engines:Flite:Executable", tool));
        Assert.That(await host.Get<LanguageSupport>().TargetsAsync("en", default), Is.Empty);
    }
}
