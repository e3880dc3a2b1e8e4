namespace AiDub.Api.Events;

/// <summary>Streams of events.</summary>
public static class EventServices
{
    /// <summary>Adds what follows dubs and streams their changes.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddOptions<EventOptions>().BindConfiguration(EventOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DubFeeds>();
        services.AddSingleton<StreamSlots>();
        services.AddSingleton<EventStream>();
        return services;
    }
}
