using Hangfire;

namespace AiDub.Api.Dashboards;

/// <summary>Where operators look.</summary>
public static class DashboardEndpoints
{
    /// <summary>Maps the Hangfire dashboard at <c>/hangfire</c>, for requests from this machine only.</summary>
    public static WebApplication MapDashboards(this WebApplication app)
    {
        app.MapHangfireDashboard("/hangfire", new DashboardOptions
        {
            Authorization = [new LocalRequestsOnly()],
            DashboardTitle = "AiDub jobs",
            AppPath = "/",
            DisplayStorageConnectionString = false,
        });
        return app;
    }
}
