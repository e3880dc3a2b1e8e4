using AiDub.Api.Contracts;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>Marks the fields that a request must have; the records read whatever is sent and cannot say it themselves.</summary>
public sealed class RequiredFields : ISchemaFilter
{
    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema concrete)
            return;
        if (context.Type == typeof(SubmitRequest))
            concrete.Required = new HashSet<string> { "source_video_url", "user_id", "project_id", "to_lang" };
        else if (context.Type == typeof(ProgressRequest))
            concrete.Required = new HashSet<string> { "user_id", "request_id" };
    }
}
