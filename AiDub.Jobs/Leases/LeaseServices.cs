using AiDub.Jobs.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Leases;

/// <summary>Who holds what, and for how long.</summary>
internal static class LeaseServices
{
    /// <summary>Adds the settings of leases, and the lease by which one process of all keeps house.</summary>
    public static IServiceCollection AddLeases(this IServiceCollection services)
    {
        services.AddSettings<LeaseOptions>(LeaseOptions.Section);
        services.AddSingleton<HousekeepingLease>();
        return services;
    }
}
