using System.Text.Json.Nodes;
using AiDub.Api.Dubs;
using AiDub.Api.Progress;
using AiDub.Api.Submitting;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>Says what the records cannot: which fields a request must have, and that any body may carry more fields.</summary>
public sealed class ContractSchemas : ISchemaFilter
{
    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema concrete)
            return;
        concrete.AdditionalPropertiesAllowed = true;
        if (context.Type == typeof(SubmitRequest))
            concrete.Required = new HashSet<string> { "source_video_url", "user_id", "project_id", "to_lang" };
        else if (context.Type == typeof(ProgressRequest))
            concrete.Required = new HashSet<string> { "user_id", "request_id" };
        else if (context.Type.IsAssignableTo(typeof(INamesUser)))
            concrete.Required = new HashSet<string>();
        else if (context.Type == typeof(DubAnswer) && concrete.Properties?["state"] is OpenApiSchema state)
            state.Enum = [.. Enum.GetValues<ListedState>().Select(known => JsonValue.Create(known.ToWord()))];
    }
}
