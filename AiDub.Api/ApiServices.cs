using AiDub.Api.Auth;
using AiDub.Api.Callbacks;
using AiDub.Api.Dashboards;
using AiDub.Api.Dubs;
using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Estimates;
using AiDub.Api.Events;
using AiDub.Api.Http;
using AiDub.Api.Limits;
using AiDub.Api.OpenApi;
using AiDub.Api.Page;
using AiDub.Api.Progress;
using AiDub.Api.Submitting;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Jobs.Hosting.Health;
using AiDub.Jobs.Settings;
using FluentValidation;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AiDub.Api;

/// <summary>Puts the HTTP side together.</summary>
public static class ApiServices
{
    /// <summary>
    /// Adds controllers, validation, the error shape, OpenAPI and health checks. The ports and the intake come from the jobs side.
    /// </summary>
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<ApiOptions>(configuration.GetSection(ApiOptions.Section));
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<ProgressReader>();
        services.AddSingleton<DubAnswers>();
        services.AddSingleton<ResultAddresses>();
        services.AddSingleton<Submitter>();
        services.AddSingleton<FinalAnswers>();
        services.AddSingleton<DubViews>();
        services.AddSingleton<Estimator>();
        services.AddEvents();
        services.AddCallbacks();

        services.AddControllers(mvc =>
            {
                mvc.ModelValidatorProviders.Clear();
                mvc.Filters.Add<ValidationFilter>();
            })
            .AddJsonOptions(json => WireJson.Configure(json.JsonSerializerOptions));
        services.ConfigureHttpJsonOptions(json => WireJson.Configure(json.SerializerOptions));
        services.AddValidatorsFromAssemblyContaining<SubmitRequestValidator>(ServiceLifetime.Singleton);

        services.AddAuth();
        services.AddLimits();
        services.AddSites();
        services.AddDashboards();
        services.AddErrorShape();
        services.AddOpenApiDocument(configuration);
        services.AddReadiness();
        services.AddPage(configuration);

        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        // The host's request log holds query strings, and with them signatures.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        return services;
    }

    /// <summary>Adds the middleware that every answer passes: headers, then errors, then who may ask at all.</summary>
    public static WebApplication UseApi(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseErrorShape();
        app.UseMiddleware<OpenModeGate>();
        app.UseStoreLimit();
        app.UsePage();
        app.UseCors();
        app.UseAuth();
        return app;
    }

    /// <summary>Maps the contract's endpoints, health, Swagger UI and the dashboard.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        app.MapControllers().RequireToken(app.Services);
        app.MapHealth();
        app.MapOpenApiDocument();
        app.MapDashboards();
        return app;
    }
}
