using AiDub.Domain.Speech;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Models;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Engines;

/// <summary>A command is advised only where what it brings would be asked before what is here.</summary>
public sealed class EngineAdviceTests
{
    private static readonly ModelFolder Empty = new(null, ModelCatalogue.Carried);

    [Test]
    public void Engines_of_the_script_give_way_to_models() => Assert.That(
        Advice(new EnginesOptions(), "PocketSphinx", "Apertium", "Espeak"), Is.EqualTo("./aidub models get light --to es"));

    [Test]
    public void A_better_translator_is_advised_where_hearing_and_speaking_are_done_elsewhere() => Assert.That(
        Advice(
            new EnginesOptions { Recognizer = ["OpenAiRecognizer"], Synthesizer = ["ElevenLabs"] },
            "OpenAiRecognizer", "Apertium", "ElevenLabs"),
        Is.EqualTo("./aidub models get standard --to es"));

    [Test]
    public void Nothing_is_advised_that_would_not_be_asked() => Assert.That(
        Advice(
            new EnginesOptions { Recognizer = ["PocketSphinx"], Translator = ["Apertium"], Synthesizer = ["Espeak"] },
            "PocketSphinx", "Apertium", "Espeak"),
        Is.Null);

    [Test]
    public void Nothing_is_advised_beside_engines_that_are_preferred() => Assert.That(
        Advice(
            new EnginesOptions
            {
                Recognizer = ["OpenAiRecognizer", "Whisper"],
                Translator = ["OpenAiTranslator", "LlamaCpp"],
                Synthesizer = ["ElevenLabs", "piper"],
            },
            "OpenAiRecognizer", "OpenAiTranslator", "ElevenLabs"),
        Is.Null);

    private static string? Advice(EnginesOptions order, string recognizer, string translator, string synthesizer)
    {
        var target = new TargetLanguage("es", [new TranslationOffer("en", [translator], TranslationQuality.Standard)], [synthesizer]);
        return new EngineAdvice(Empty, Options.Create(order)).For(
            new LanguageCatalogue([new SourceLanguage("en", [recognizer])], [target]), target);
    }
}
