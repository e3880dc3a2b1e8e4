using System.Text.Json.Nodes;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.Callbacks;

/// <summary>Describes what is posted to a <c>callback_url</c>, as webhooks of the OpenAPI document.</summary>
internal sealed class CallbackWebhooks : IDocumentFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Webhooks = new Dictionary<string, IOpenApiPathItem>
        {
            [CallbackBodies.Complete] = Post(
                "dubComplete", "Tells that a dub is complete.", "The final response of the dub, and the event's name.",
                AllOf(context, typeof(FinalAnswer), Fields((CallbackBodies.EventField, Event(CallbackBodies.Complete))))),
            [CallbackBodies.Failed] = Post(
                "dubFailed", "Tells that a dub failed.", "Why the dub failed, whose it is, and the event's name.",
                AllOf(
                    context,
                    typeof(ErrorBody),
                    Fields(
                        (CallbackBodies.EventField, Event(CallbackBodies.Failed)),
                        ("request_id", Field(JsonSchemaType.String, "uuid", "The dub's id.")),
                        ("user_id", Field(JsonSchemaType.Integer, "int64", "Who asked for the dub.")),
                        ("project_id", Field(JsonSchemaType.String, null, "The project it belongs to.")),
                        ("to_lang", Field(JsonSchemaType.String, null, "The language dubbed into, as ISO 639-1."))))),
        };
    }

    private static OpenApiPathItem Post(string id, string summary, string body, OpenApiSchema schema) => new()
    {
        Operations = new Dictionary<HttpMethod, OpenApiOperation>
        {
            [HttpMethod.Post] = new()
            {
                OperationId = id,
                Summary = summary,
                Description = "Posted to the `callback_url` of the dub, again with growing waits for 24 hours until it answers 2xx.",
                Security = [],
                Parameters = [.. CallbackSignature.Headers.Select(header => Header(header.Name, header.Description))],
                RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Description = body,
                    Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
                },
                Responses = new OpenApiResponses
                {
                    ["2XX"] = new OpenApiResponse { Description = "It was received: it is not posted again." },
                    ["410"] = new OpenApiResponse { Description = "It is not wanted, and never posted again." },
                },
            },
        },
    };

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = true,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiSchema AllOf(DocumentFilterContext context, Type type, OpenApiSchema more) => new()
    {
        AllOf = [context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository), more],
    };

    private static OpenApiSchema Fields(params (string Name, IOpenApiSchema Schema)[] fields) => new()
    {
        Type = JsonSchemaType.Object,
        Required = fields.Select(field => field.Name).ToHashSet(),
        Properties = fields.ToDictionary(field => field.Name, field => field.Schema),
    };

    private static OpenApiSchema Field(JsonSchemaType type, string? format, string description) =>
        new() { Type = type, Format = format, Description = description };

    private static OpenApiSchema Event(string name) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [JsonValue.Create(name)],
        Description = "What happened.",
    };
}
