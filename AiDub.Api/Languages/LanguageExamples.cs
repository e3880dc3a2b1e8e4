using AiDub.Api.OpenApi;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines;

namespace AiDub.Api.Languages;

/// <summary>The example of what can be dubbed.</summary>
internal sealed class LanguageExamples : IContractExamples
{
    private const string Languages = "GET ai_dub/languages";

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (Languages, "200") => [new(
            "languages",
            "English in, Indonesian and Spanish out",
            LanguagesAnswer.Of(Catalogue, target => $"./aidub models get light --to {target.Code}"))],
        _ => null,
    };

    private static LanguageCatalogue Catalogue => new(
        [new SourceLanguage("en", ["PocketSphinx"])],
        [
            new TargetLanguage("es", [new TranslationOffer("en", ["OpenAiTranslator"], TranslationQuality.Standard)], ["Espeak"]),
            new TargetLanguage("id", [new TranslationOffer("en", ["Apertium"], TranslationQuality.Draft)], ["Espeak"]),
        ]);
}
