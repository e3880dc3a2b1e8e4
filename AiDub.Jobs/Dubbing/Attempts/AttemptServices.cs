using AiDub.Jobs.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>What an attempt at a dub holds and measures.</summary>
internal static class AttemptServices
{
    /// <summary>Adds what begins attempts, and their settings.</summary>
    public static IServiceCollection AddAttempts(this IServiceCollection services)
    {
        services.AddSettings<RetryOptions>(RetryOptions.Section);
        services.AddSingleton<DubAttempts>();
        return services;
    }
}
