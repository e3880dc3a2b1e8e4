using AiDub.Api.Errors;
using AiDub.Api.OpenApi;
using AiDub.Api.Views;
using static AiDub.Api.OpenApi.ContractExample;

namespace AiDub.Api.Sources;

/// <summary>The examples of a dub's source.</summary>
internal sealed class SourceExamples : IContractExamples
{
    private const string Find = "GET ai_dub/{request_id}/source";

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (Find, "200") => [new("source", "The source while it is kept", new SourceAnswer(
            $"http://127.0.0.1:5080/files/work/{ExampleDub.Id}/a1/source?expires=1767412800&signature=5f0c", 41_943_040))],
        (Find, "404") => [Of(DubErrors.NotFound), Of(DubErrors.SourceNotKept)],
        _ => null,
    };
}
