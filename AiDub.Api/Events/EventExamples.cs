using AiDub.Api.Errors;
using AiDub.Api.OpenApi;
using AiDub.Api.Views;
using static AiDub.Api.OpenApi.ContractExample;

namespace AiDub.Api.Events;

/// <summary>The examples of a stream of events.</summary>
internal sealed class EventExamples : IContractExamples
{
    private const string Events = "GET ai_dub/{request_id}/events";

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (Events, "200") =>
        [
            new("progress", "Being spoken", EventStream.Compose(3534446400000, "progress", ExampleDub.Running)),
            new("complete", "Complete; the stream ends", EventStream.Compose(3534446460001, "complete", ExampleDub.Final)),
        ],
        (Events, "429") => [Bare(429), Of(DubErrors.TooManyStreams)],
        _ => null,
    };
}
