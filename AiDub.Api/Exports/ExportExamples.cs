using AiDub.Api.Errors;
using AiDub.Api.OpenApi;
using AiDub.Api.Views;
using static AiDub.Api.OpenApi.ContractExample;

namespace AiDub.Api.Exports;

/// <summary>The examples of an export.</summary>
internal sealed class ExportExamples : IContractExamples
{
    private const string Export = "GET ai_dub/{request_id}/{text}.{format}";

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (Export, "200") => [new("json", "As JSON", ExampleSegments.All)],
        (Export, "404") => [Of(DubErrors.NotFound), Of(DubErrors.NoExport)],
        _ => null,
    };
}
