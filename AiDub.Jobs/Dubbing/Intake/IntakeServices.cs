using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Dubbing.Intake;

/// <summary>What takes dubs in.</summary>
internal static class IntakeServices
{
    /// <summary>Adds what accepts, batches and retries dubs.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<RefusedDubs>();
        services.AddSingleton<DubIntake>();
        services.AddSingleton<DubSubmissions>();
        services.AddSingleton<KeyedSubmissions>();
        services.AddSingleton<DubBatches>();
        services.AddSingleton<DubRetries>();
        return services;
    }
}
