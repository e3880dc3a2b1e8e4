using AiDub.Jobs.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>What an attempt at a dub holds and measures.</summary>
internal static class AttemptServices
{
    /// <summary>Adds the settings of attempts.</summary>
    public static IServiceCollection AddAttempts(this IServiceCollection services)
    {
        services.AddSettings<RetryOptions>(RetryOptions.Section);
        return services;
    }
}
