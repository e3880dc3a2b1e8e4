using AiDub.Api.Errors;
using AiDub.Jobs.Settings;
using Hangfire;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Dashboards;

/// <summary>Where operators look.</summary>
internal static class DashboardEndpoints
{
    /// <summary>Its path.</summary>
    public const string Path = "/hangfire";

    /// <summary>Adds what decides who may look.</summary>
    public static IServiceCollection AddDashboards(this IServiceCollection services)
    {
        services.AddSettings<DashboardAccessOptions>(DashboardAccessOptions.Section);
        services.AddSingleton<IValidateOptions<DashboardAccessOptions>, DashboardAccessOptionsValidator>();
        services.AddSingleton<LoginThrottle>();
        services.AddSingleton<DashboardGate>();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).PostConfigure(DashboardToken.Accept);
        services.AddAntiforgery();
        services.AddSharedKeys();
        return services;
    }

    // With the records, so that a form of one process works on any other that shares them, and after a restart.
    private static void AddSharedKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("AiDub");
        services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((keys, repository) => keys.XmlRepository = repository);
        // It warns that keys are kept as they are, which is what the records' own protection is for.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
    }

    /// <summary>Maps the Hangfire dashboard at <c>/hangfire</c>, for those whom <see cref="DashboardGate"/> lets in.</summary>
    public static WebApplication MapDashboards(this WebApplication app)
    {
        var gate = app.Services.GetRequiredService<DashboardGate>();
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments(Path) && gate.Of(http) != DashboardAccess.Operator,
            refused => refused.Run(http =>
            {
                Refuse(http, gate);
                return Task.CompletedTask;
            }));
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Path), page => page.Use(ReadFormAsync));
        app.MapHangfireDashboard(Path, new DashboardOptions
        {
            Authorization = [gate],
            DashboardTitle = "AiDub jobs",
            AppPath = "/",
            DisplayStorageConnectionString = false,
            DisplayNameFunc = new DubJobNames(app.Services).NameOf,
        });
        return app;
    }

    // Hangfire reads forms without looking whether one was sent, as when its numbers are opened in a browser, or whether it can be read.
    private static async Task ReadFormAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            if (http.Request.HasFormContentType)
                await http.Request.ReadFormAsync(http.RequestAborted);
            else
                http.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
        }
        catch (Exception e) when (
            e is InvalidDataException || (e is IOException and not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested))
        {
            await http.Response.RefuseAsync(Refusal.Of(ErrorCodes.BodyInvalid, "the form could not be read"));
            return;
        }
        await next(http);
    }

    // 401 asks for what there is to give; where there is nothing, it would only make browsers ask in vain.
    private static void Refuse(HttpContext http, DashboardGate gate)
    {
        var access = gate.Of(http);
        http.Response.StatusCode = access switch
        {
            DashboardAccess.Throttled => StatusCodes.Status429TooManyRequests,
            DashboardAccess.Unknown => StatusCodes.Status401Unauthorized,
            _ => StatusCodes.Status403Forbidden,
        };
        if (access == DashboardAccess.Throttled)
            http.Response.Headers.RetryAfter = $"{LoginThrottle.Window.TotalSeconds:0}";
        // A user's token that is not an operator's is refused for good, but a login would help.
        else if (gate.HasLogin && access == DashboardAccess.Forbidden)
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        if (http.Response.StatusCode != StatusCodes.Status401Unauthorized)
            return;
        if (gate.HasLogin)
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"AiDub jobs\", charset=\"UTF-8\"";
        else
            http.Response.Headers.WWWAuthenticate = "Bearer";
    }
}
