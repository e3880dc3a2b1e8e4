using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Dubbing.Running;

/// <summary>What runs the steps of a dub.</summary>
internal static class RunningServices
{
    /// <summary>Adds what runs the steps of a dub, and the sweeper that sees to it that no dub is forgotten.</summary>
    public static IServiceCollection AddRunning(this IServiceCollection services)
    {
        services.AddSingleton<DubClaims>();
        services.AddSingleton<DubPipeline>();
        services.AddSingleton<DubHistory>();
        services.AddSingleton<AttemptEnding>();
        services.AddSingleton<DubSweeper>();
        return services;
    }
}
