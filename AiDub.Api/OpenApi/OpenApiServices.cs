using AiDub.Api.Auth;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>The contract as an OpenAPI document, and Swagger UI over it.</summary>
internal static class OpenApiServices
{
    /// <summary>Where Swagger UI is.</summary>
    public const string Path = "/swagger";

    private const string Bearer = "bearer";

    /// <summary>
    /// Adds the document's generator; where tokens are asked for, the document says so, and Swagger UI has an Authorize button. What
    /// capabilities say of their own endpoints has to be added before.
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
            swagger.IncludeXmlComments(typeof(ErrorBody).Assembly);
            swagger.IncludeXmlComments(typeof(DubReport).Assembly);
            swagger.SupportNonNullableReferenceTypes();
            swagger.NonNullableReferenceTypesAsRequired();
            swagger.UseAllOfToExtendReferenceSchemas();
            swagger.AddWireSchemas();
            if (configuration.GetSection(JwtOptions.Section).Get<JwtOptions>() is { IsConfigured: true })
                swagger.AddTokens();
            swagger.OperationFilter<CommonFields>();
            swagger.OperationFilter<CommonAnswers>();
            swagger.OperationFilter<ExamplesFilter>();
        });

    /// <summary>Maps the document at <c>/swagger/v1/swagger.json</c> and Swagger UI at <c>/swagger</c>.</summary>
    public static WebApplication MapOpenApiDocument(this WebApplication app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(ui => ui.DocumentTitle = "AiDub API");
        return app;
    }

    private static void AddTokens(this SwaggerGenOptions swagger)
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
}
