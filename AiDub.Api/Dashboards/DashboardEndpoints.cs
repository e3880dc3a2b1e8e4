using Hangfire;

namespace AiDub.Api.Dashboards;

/// <summary>Where operators look.</summary>
public static class DashboardEndpoints
{
    private const string Path = "/hangfire";

    /// <summary>Maps the Hangfire dashboard at <c>/hangfire</c>, for requests from this machine only.</summary>
    public static WebApplication MapDashboards(this WebApplication app)
    {
        // Hangfire would refuse with 401, which asks for a login that there is not.
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments(Path) && !LocalRequestsOnly.Allows(http),
            refused => refused.Run(http =>
            {
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }));
        app.MapHangfireDashboard(Path, new DashboardOptions
        {
            Authorization = [new LocalRequestsOnly()],
            DashboardTitle = "AiDub jobs",
            AppPath = "/",
            DisplayStorageConnectionString = false,
            DisplayNameFunc = new DubJobNames(app.Services).NameOf,
        });
        return app;
    }
}
