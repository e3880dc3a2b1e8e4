using System.Text.Json;
using AiDub.Api.Wire;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>Puts <see cref="ContractExamples"/> on every request and answer.</summary>
public sealed class ExamplesFilter : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var path = context.ApiDescription.RelativePath ?? "";
        var endpoint = $"{context.ApiDescription.HttpMethod} {path}";
        Add(
            operation.RequestBody?.Content,
            DubExamples.Requests(endpoint) ?? EditingExamples.Requests(path) ?? ContractExamples.Requests(path));
        foreach (var (status, response) in operation.Responses ?? [])
            Add(
                response.Content,
                DubExamples.Answers(endpoint, status) ?? EditingExamples.Answers(path, status) ?? ContractExamples.Answers(path, status));
    }

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
