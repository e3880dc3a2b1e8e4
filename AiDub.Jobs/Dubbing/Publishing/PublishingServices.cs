using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Dubbing.Publishing;

/// <summary>What ends a dub with its result.</summary>
internal static class PublishingServices
{
    /// <summary>Adds what publishes results and prepares the callbacks that tell of them.</summary>
    public static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        services.AddSingleton<DubCallbacks>();
        services.AddSingleton<DubPublisher>();
        return services;
    }
}
