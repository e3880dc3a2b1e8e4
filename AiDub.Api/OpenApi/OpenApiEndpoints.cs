using AiDub.Api.Auth;
using AiDub.Api.Progress;
using AiDub.Api.Submitting;
using AiDub.Api.Uploads;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using Microsoft.OpenApi;

namespace AiDub.Api.OpenApi;

/// <summary>The contract as an OpenAPI document, and Swagger UI over it.</summary>
public static class OpenApiEndpoints
{
    private const string Bearer = "bearer";

    /// <summary>
    /// Adds the document's generator; where tokens are asked for, the document says so, and Swagger UI has an Authorize button.
    /// </summary>
    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSwaggerGen(swagger =>
    {
        swagger.SwaggerDoc("v1", new OpenApiInfo
        {
            Title = "AiDub",
            Version = "v1",
            Description = "Dubs a video into another language: submit it, poll its progress, open the result.",
        });
        swagger.IncludeXmlComments(typeof(SubmitRequest).Assembly);
        swagger.IncludeXmlComments(typeof(DubReport).Assembly);
        swagger.MapType<SentText>(() => new OpenApiSchema { Type = JsonSchemaType.String });
        swagger.MapType<SentLanguages>(() => new OpenApiSchema
        {
            OneOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.String },
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                    MinItems = 1,
                    MaxItems = SentLanguages.MaxCount,
                    UniqueItems = true,
                },
            ],
        });
        swagger.MapType<SentUserId>(() => QueryFields.UserId);
        swagger.MapType<SentTrack>(() => QueryFields.SourceAudio);
        swagger.MapType<SentVoices>(() => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
        });
        swagger.SupportNonNullableReferenceTypes();
        swagger.NonNullableReferenceTypesAsRequired();
        swagger.UseAllOfToExtendReferenceSchemas();
        swagger.SchemaFilter<ContractSchemas>();
        if (configuration.GetSection(JwtOptions.Section).Get<JwtOptions>() is { IsConfigured: true })
        {
            swagger.AddSecurityDefinition(Bearer, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = $"A token whose claim {UserClaim.Name}, by itself or in a JSON object in sub, is the user's id.",
            });
            swagger.AddSecurityRequirement(
                document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] });
        }
        swagger.OperationFilter<PollAnswers>();
        swagger.OperationFilter<QueryFields>();
        swagger.OperationFilter<UploadForm>();
        swagger.OperationFilter<ExamplesFilter>();
    });

    /// <summary>Maps the document at <c>/swagger/v1/swagger.json</c> and Swagger UI at <c>/swagger</c>.</summary>
    public static WebApplication MapOpenApiDocument(this WebApplication app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(ui => ui.DocumentTitle = "AiDub API");
        return app;
    }
}
