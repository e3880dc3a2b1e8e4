using System.Globalization;
using System.Text.Json.Nodes;
using AiDub.Domain.Dubbing;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.Dubs;

/// <summary>
/// Says what the fields of a list's query may hold, which its action takes as text so that what is wrong is named in the one shape, and
/// which states there are.
/// </summary>
internal sealed class DubSchemas : IOperationFilter, ISchemaFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ParameterDescriptions.All(field => field.ModelMetadata?.ContainerType != typeof(DubsRequest)))
            return;
        foreach (var field in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            field.Schema = field.Name switch
            {
                "limit" => Limit,
                "state" => new OpenApiSchema { Type = JsonSchemaType.String, Enum = States },
                _ => field.Schema,
            };
        }
    }

    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (context.Type == typeof(DubAnswer) && schema.Properties?["state"] is OpenApiSchema state)
            state.Enum = States;
    }

    private static OpenApiSchema Limit => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Minimum = "1",
        Maximum = DubsRequest.MaxLimit.ToString(CultureInfo.InvariantCulture),
        Default = DubsRequest.DefaultLimit,
    };

    private static List<JsonNode> States => [.. Enum.GetValues<ListedState>().Select(state => JsonValue.Create(state.ToWord()))];
}
