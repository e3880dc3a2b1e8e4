using Hangfire;
using Hangfire.Dashboard;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Dashboards;

/// <summary>Where operators look.</summary>
public static class DashboardEndpoints
{
    /// <summary>Its path.</summary>
    public const string Path = "/hangfire";

    /// <summary>Adds what decides who may look.</summary>
    public static IServiceCollection AddDashboards(this IServiceCollection services)
    {
        services.AddOptions<DashboardAccessOptions>().BindConfiguration(DashboardAccessOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DashboardAccessOptions>, DashboardAccessOptionsValidator>();
        services.AddSingleton<DashboardGate>();
        services.AddAntiforgery();
        return services;
    }

    /// <summary>Maps the Hangfire dashboard at <c>/hangfire</c>, for those whom <see cref="DashboardGate"/> lets in.</summary>
    public static WebApplication MapDashboards(this WebApplication app)
    {
        var gate = app.Services.GetRequiredService<DashboardGate>();
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments(Path) && gate.Of(http) == DashboardAccess.None,
            refused => refused.Run(http =>
            {
                Refuse(http, gate);
                return Task.CompletedTask;
            }));
        app.MapHangfireDashboard(Path, new DashboardOptions
        {
            Authorization = [gate],
            IsReadOnlyFunc = context => gate.Of(context.GetHttpContext()) != DashboardAccess.Operate,
            DashboardTitle = "AiDub jobs",
            AppPath = "/",
            DisplayStorageConnectionString = false,
            DisplayNameFunc = new DubJobNames(app.Services).NameOf,
        });
        return app;
    }

    // 401 asks for what there is to give; where there is nothing, it would only make browsers ask in vain.
    private static void Refuse(HttpContext http, DashboardGate gate)
    {
        http.Response.StatusCode = gate.Asks ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
        if (gate.HasLogin)
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"AiDub jobs\", charset=\"UTF-8\"";
        else if (gate.Asks)
            http.Response.Headers.WWWAuthenticate = "Bearer";
    }
}
