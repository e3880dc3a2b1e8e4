using AiDub.Api.Auth;
using AiDub.Api.Callbacks;
using AiDub.Api.Capabilities;
using AiDub.Api.Dashboards;
using AiDub.Api.Dubs;
using AiDub.Api.Editing;
using AiDub.Api.Endpoints;
using AiDub.Api.Errors;
using AiDub.Api.Estimates;
using AiDub.Api.Events;
using AiDub.Api.Exports;
using AiDub.Api.Http;
using AiDub.Api.Languages;
using AiDub.Api.Limits;
using AiDub.Api.OpenApi;
using AiDub.Api.Page;
using AiDub.Api.Progress;
using AiDub.Api.Sources;
using AiDub.Api.Submitting;
using AiDub.Api.Uploads;
using AiDub.Api.Usage;
using AiDub.Api.Views;
using AiDub.Api.Voices;
using AiDub.Jobs.Hosting.Health;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiDub.Api;

/// <summary>Puts the HTTP side together.</summary>
public static class ApiServices
{
    /// <summary>Adds every room of the HTTP side. The ports and the intake come from the jobs side.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);

        // What every capability stands on.
        services.AddHttp(configuration);
        services.AddErrorShape();
        services.AddAuth(configuration);
        services.AddLimits();
        services.AddEndpoints();
        services.AddViews();

        // What can be asked for.
        services.AddSubmitting();
        services.AddProgress();
        services.AddEvents();
        services.AddCallbacks();
        services.AddDubs();
        services.AddEditing();
        services.AddExports();
        services.AddEstimates();
        services.AddUploads();
        services.AddLanguages();
        services.AddVoices();
        services.AddSources();
        services.AddUsage();
        services.AddCapabilities();

        // What people look at.
        services.AddPage(configuration);
        services.AddDashboards();
        services.AddReadiness();
        services.AddWarmUp();
        services.AddOpenApiDocument(configuration);
        return services;
    }

    /// <summary>Adds the middleware that every answer passes: headers, then errors, then who may ask at all.</summary>
    public static WebApplication UseApi(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseWarmUp();
        app.UseRouting();
        app.UseRequestIds();
        app.UsePreconditions();
        app.UseSecurityHeaders(OpenApiServices.Path, DashboardEndpoints.Path);
        app.UseErrorShape();
        app.UseHeadLimits();
        app.UseMiddleware<OpenModeGate>();
        app.UseStoreLimit();
        app.UsePage();
        app.UseSites();
        app.UseRateLimitHeaders();
        app.UseAuth();
        return app;
    }

    /// <summary>Maps the contract's endpoints, health, Swagger UI and the dashboard.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        app.MapControllers().AnswerHead().RequireToken(app.Services);
        app.MapHealth();
        app.MapOpenApiDocument();
        app.MapDashboards();
        return app;
    }
}
