using System.Text.Json;
using AiDub.Api.Wire;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>Puts the examples of every capability on its requests and answers.</summary>
internal sealed class ExamplesFilter(IEnumerable<IContractExamples> capabilities) : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var endpoint = $"{context.ApiDescription.HttpMethod} {context.ApiDescription.RelativePath}";
        Add(operation.RequestBody?.Content, First(capability => capability.Requests(endpoint)) ?? []);
        foreach (var (status, response) in operation.Responses ?? [])
            Add(response.Content, First(capability => capability.Answers(endpoint, status)) ?? CommonExamples.Answers(status));
    }

    private IReadOnlyList<ContractExample>? First(Func<IContractExamples, IReadOnlyList<ContractExample>?> examples) =>
        capabilities.Select(examples).FirstOrDefault(found => found is not null);

    private static void Add(IDictionary<string, OpenApiMediaType>? content, IReadOnlyList<ContractExample> examples)
    {
        foreach (var media in (content ?? new Dictionary<string, OpenApiMediaType>()).Values)
            media.Examples = examples.ToDictionary(example => example.Name, Describe);
    }

    private static IOpenApiExample Describe(ContractExample example) => new OpenApiExample
    {
        Summary = example.Summary,
        Value = JsonSerializer.SerializeToNode(example.Value, example.Value.GetType(), WireJson.Options),
    };
}
