using AiDub.Api.Errors;
using AiDub.Api.OpenApi;
using static AiDub.Api.OpenApi.ContractExample;

namespace AiDub.Api.Estimates;

/// <summary>The examples of an estimate.</summary>
internal sealed class EstimateExamples : IContractExamples
{
    private const string Estimate = "GET ai_dub/estimate";

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (Estimate, "200") => [new("estimate", "Two minutes of talk", Estimated)],
        (Estimate, "400") => [Error(ErrorCodes.ToLangMissing, "to lang is missing"), .. CommonExamples.NoUser],
        (Estimate, "429") => [Bare(429), Of(EstimateController.TooMany)],
        _ => null,
    };

    private static EstimateAnswer Estimated => new()
    {
        DurationSeconds = 120,
        SpeechSeconds = 84.5,
        Segments = 31,
        Characters = 1183,
        ExpectedSeconds = 75,
        QueueSeconds = 0,
        Cost = new CostAnswer("USD", 0.5m, new Dictionary<string, decimal> { ["ElevenLabs"] = 0.5m }),
        Engines = new Dictionary<string, string>
        {
            ["recognizer"] = "PocketSphinx",
            ["translator"] = "Apertium",
            ["synthesizer"] = "ElevenLabs",
        },
    };
}
