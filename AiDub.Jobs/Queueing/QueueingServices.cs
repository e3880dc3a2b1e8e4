using AiDub.Jobs.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Queueing;

/// <summary>Whose turn it is.</summary>
internal static class QueueingServices
{
    /// <summary>Adds what gives this process's workers the next dub.</summary>
    public static IServiceCollection AddQueueing(this IServiceCollection services)
    {
        services.AddSettings<WorkerOptions>(WorkerOptions.Section);
        services.AddSingleton<TurnSignal>();
        services.AddSingleton<FleetSize>();
        services.AddSingleton<WorkerTurns>();
        services.AddSingleton<ITakingGate, OutageGate>();
        return services;
    }
}
