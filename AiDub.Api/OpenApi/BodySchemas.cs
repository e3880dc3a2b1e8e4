using System.Reflection;
using System.Text.Json;
using AiDub.Api.Wire;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>Says what the records cannot: which fields a request must have, and that any body may carry more fields.</summary>
internal sealed class BodySchemas : ISchemaFilter
{
    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema concrete)
            return;
        concrete.AdditionalPropertiesAllowed = true;
        if (context.Type.IsAssignableTo(typeof(INamesUser)))
            concrete.Required = MustBeSent(context.Type).ToHashSet();
    }

    private static IEnumerable<string> MustBeSent(Type request) =>
        from field in request.GetProperties()
        where field.IsDefined(typeof(MustBeSentAttribute))
        select JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name);
}
