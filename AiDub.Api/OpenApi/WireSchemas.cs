using System.Globalization;
using AiDub.Api.Wire;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>What the fields may hold that are read whatever is sent, so that each one that is wrong can be named in one answer.</summary>
internal static class WireSchemas
{
    /// <summary>A user's id.</summary>
    internal static OpenApiSchema UserId => OneOf(
        new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[+-]?[0-9]+$" });

    /// <summary>An audio track: its number, or a language.</summary>
    public static OpenApiSchema SourceAudio => OneOf(
        new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = "0",
            Maximum = AudioTracks.MaxNumber.ToString(CultureInfo.InvariantCulture),
        },
        Text());

    /// <summary>Describes the types of <c>Wire</c>.</summary>
    internal static void AddWireSchemas(this SwaggerGenOptions swagger)
    {
        swagger.MapType<SentText>(Text);
        swagger.MapType<WarningCode>(Text);
        swagger.MapType<SentUserId>(() => UserId);
        swagger.MapType<SentTrack>(() => SourceAudio);
        swagger.MapType<SentVoices>(() => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Text() });
        swagger.MapType<SentConsent>(() => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "by", "at" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["by"] = Text(),
                ["at"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
            },
        });
        swagger.MapType<SentLanguages>(() => OneOf(
            Text(),
            new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = Text(),
                MinItems = 1,
                MaxItems = SentLanguages.MaxCount,
                UniqueItems = true,
            }));
        swagger.SchemaFilter<BodySchemas>();
    }

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema OneOf(params OpenApiSchema[] schemas) => new() { OneOf = [.. schemas] };
}
