using AiDub.Api.Auth;
using AiDub.Api.Http;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using AiDub.Jobs.Fetching.Sample;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>The contract as an OpenAPI document, and Swagger UI over it.</summary>
internal static class OpenApiServices
{
    /// <summary>Where Swagger UI is.</summary>
    public const string Path = "/swagger";

    private const string Bearer = "bearer";

    private const string Described =
        "Dubs a video into another language: submit it, poll its progress, open the result. What answers GET answers HEAD too. Errors have "
        + "one shape, ErrorBody; `Accept: application/problem+json` gets them as problem details (RFC 9457) with the same fields beside.";

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
                Description = Described,
                License = new OpenApiLicense { Name = "None has been chosen yet", Identifier = "LicenseRef-None-chosen" },
            });
            swagger.TagActionsBy(action => [ApiTasks.Of(ApiTasks.OperationOf(action))?.Name ?? action.ActionDescriptor.DisplayName ?? ""]);
            swagger.OrderActionsBy(action => ApiTasks.PlaceOf(ApiTasks.OperationOf(action)));
            swagger.IncludeXmlComments(typeof(ErrorBody).Assembly);
            swagger.IncludeXmlComments(typeof(DubReport).Assembly);
            swagger.SupportNonNullableReferenceTypes();
            swagger.NonNullableReferenceTypesAsRequired();
            swagger.UseAllOfToExtendReferenceSchemas();
            swagger.AddWireSchemas();
            if (configuration.GetSection(JwtOptions.Section).Get<JwtOptions>() is { IsConfigured: true })
                swagger.AddTokens();
            else
                swagger.OperationFilter<OpenOperations>();
            swagger.OperationFilter<CommonFields>();
            swagger.OperationFilter<CommonAnswers>();
            swagger.OperationFilter<ExamplesFilter>();
            swagger.DocumentFilter<TaskTags>();
        });

    /// <summary>Maps the document at <c>/swagger/v1/swagger.json</c> and Swagger UI at <c>/swagger</c>.</summary>
    public static WebApplication MapOpenApiDocument(this WebApplication app)
    {
        var address = app.Services.GetRequiredService<PublicUrl>();
        var sample = app.Services.GetRequiredService<SampleVideo>();
        // It asks for the document's generator at every request that it sees.
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Path), branch =>
        {
            branch.UseSwagger(swagger =>
            {
                swagger.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                swagger.PreSerializeFilters.Add((document, request) =>
                {
                    var here = address.Of(request).AbsoluteUri.TrimEnd('/');
                    document.Servers = [new OpenApiServer { Url = here, Description = "This service." }];
                    if (sample.IsOffered)
                        SampleExamples.Name(document, here + SampleVideo.Path);
                });
            });
            branch.UseSwaggerUI(ui => ui.DocumentTitle = "AiDub API");
        });
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
