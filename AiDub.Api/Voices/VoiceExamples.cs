using AiDub.Api.Errors;
using AiDub.Api.OpenApi;
using static AiDub.Api.OpenApi.ContractExample;

namespace AiDub.Api.Voices;

/// <summary>The examples of voices.</summary>
internal sealed class VoiceExamples : IContractExamples
{
    private const string List = "GET ai_dub/voices";
    private const string Preview = "GET ai_dub/voices/preview";

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (List, "200") => [new("voices", "The voices for Spanish", new VoicesAnswer
        {
            ToLang = "es",
            Engine = "Espeak",
            Voices = [new("es", "male", 105.2), new("es+f2", "female", 201.7)],
        })],
        (List, "400") => [Error(ErrorCodes.ToLangMissing, "to lang is missing"), Of(VoiceErrors.NoEngine), .. CommonExamples.NoUser],
        (Preview, "200") => [new("wav", "The bytes of a WAV file", "RIFF…WAVE…")],
        (Preview, "400") => [Of(VoiceErrors.NoVoice), Of(VoiceErrors.BadText), .. CommonExamples.NoUser],
        (Preview, "429") => [Bare(429), Of(VoiceErrors.TooMany)],
        _ => null,
    };
}
