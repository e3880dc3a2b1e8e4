using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using AiDub.Api.Wire;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>
/// Says what the records cannot: which fields a request must have, that any body may carry more fields, and that answers leave out what
/// they have nothing to say of.
/// </summary>
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
        else
            LeaveOutNulls(concrete, context.Type);
    }

    // Only what is always written can be null.
    private static void LeaveOutNulls(OpenApiSchema schema, Type answer)
    {
        var written = answer.GetProperties().Where(IsAlwaysWritten).Select(field => Name(field)).ToHashSet();
        foreach (var (name, field) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (field is not OpenApiSchema { Type: { } type } concrete || !type.HasFlag(JsonSchemaType.Null))
                continue;
            if (!written.Contains(name))
                concrete.Type = (type & ~JsonSchemaType.Null) is not 0 and var rest ? rest : null;
            else if (concrete.AllOf is { Count: > 0 } of)
                (concrete.Type, concrete.AllOf, concrete.OneOf) = (null, null, [.. of, new OpenApiSchema { Type = JsonSchemaType.Null }]);
        }
    }

    private static bool IsAlwaysWritten(PropertyInfo field) =>
        field.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Never };

    private static IEnumerable<string> MustBeSent(Type request) =>
        from field in request.GetProperties()
        where field.IsDefined(typeof(MustBeSentAttribute))
        select Name(field);

    private static string Name(PropertyInfo field) => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name);
}
