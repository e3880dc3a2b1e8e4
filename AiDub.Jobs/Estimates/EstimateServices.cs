using AiDub.Jobs.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Estimates;

/// <summary>What a dub will take and cost.</summary>
internal static class EstimateServices
{
    /// <summary>Adds what measures sources and the pace of the last dubs.</summary>
    public static IServiceCollection AddEstimates(this IServiceCollection services)
    {
        services.AddSettings<EstimateOptions>(EstimateOptions.Section);
        services.AddSingleton<RecentPaces>();
        services.AddSingleton<SourceMeter>();
        return services;
    }
}
