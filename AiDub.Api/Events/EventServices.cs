using AiDub.Api.OpenApi;
using AiDub.Jobs.Settings;

namespace AiDub.Api.Events;

/// <summary>Streams of events.</summary>
internal static class EventServices
{
    /// <summary>Adds what follows dubs and streams their changes.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddSettings<EventOptions>(EventOptions.Section);
        services.AddSingleton<DubFeeds>();
        services.AddSingleton<StreamSlots>();
        services.AddSingleton<EventStream>();
        services.AddSingleton<IContractExamples, EventExamples>();
        return services;
    }
}
