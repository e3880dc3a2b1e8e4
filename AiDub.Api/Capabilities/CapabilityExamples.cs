using AiDub.Api.OpenApi;

namespace AiDub.Api.Capabilities;

/// <summary>The example of what a service can do.</summary>
internal sealed class CapabilityExamples : IContractExamples
{
    private const string Find = "GET ai_dub/capabilities";

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (Find, "200") => [new("capabilities", "As it is without settings, with two of its operations", new CapabilitiesAnswer
        {
            Operations = ["POST /ai_dub", "GET /ai_dub/{request_id}"],
            Subtitles = ["none", "soft", "burned"],
            MaxTargets = 20,
            MaxBodyBytes = 16_384,
            MaxSourceBytes = 4_294_967_296,
            MaxSourceSeconds = 14_400,
            KeepEditableHours = 24,
            PreviewCharacters = 200,
            ClonesVoices = false,
            Callbacks = false,
            SampleVideoUrl = "http://127.0.0.1:5080/samples/talk.mp4",
        })],
        _ => null,
    };
}
