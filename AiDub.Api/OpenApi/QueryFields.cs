using System.Globalization;
using System.Text.Json.Nodes;
using AiDub.Api.Auth;
using AiDub.Api.Dubs;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Media;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>Says what a query's fields may hold; actions take them as text, so that what is wrong is named in the one shape.</summary>
public sealed class QueryFields : IOperationFilter
{
    /// <summary>What a user's id may be.</summary>
    public static OpenApiSchema UserId => new()
    {
        OneOf =
        [
            new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[+-]?[0-9]+$" },
        ],
    };

    /// <summary>What an audio track may be: its number, or a language.</summary>
    public static OpenApiSchema SourceAudio => new()
    {
        OneOf =
        [
            new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int32",
                Minimum = "0",
                Maximum = AudioTracks.MaxNumber.ToString(CultureInfo.InvariantCulture),
            },
            new OpenApiSchema { Type = JsonSchemaType.String },
        ],
    };

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var field in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(field => field.In == ParameterLocation.Query))
            field.Schema = Schema(field.Name) ?? field.Schema;
    }

    private static OpenApiSchema? Schema(string? name) => name switch
    {
        ForCallerAttribute.Query => UserId,
        "source_audio" => SourceAudio,
        "limit" => new()
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = "1",
            Maximum = DubsRequest.MaxLimit.ToString(CultureInfo.InvariantCulture),
            Default = DubsRequest.DefaultLimit,
        },
        "state" => new()
        {
            Type = JsonSchemaType.String,
            Enum = [.. Enum.GetValues<ListedState>().Select(state => JsonValue.Create(state.ToWord()))],
        },
        _ => null,
    };
}
