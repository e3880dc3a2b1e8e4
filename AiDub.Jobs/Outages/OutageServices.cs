using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiDub.Jobs.Outages;

/// <summary>Tells outages from faults, and lets dubs wait for their end.</summary>
public static class OutageServices
{
    // What takes as long as the object is large.
    private static readonly HashSet<string> Transfers =
    [
        nameof(IObjectStore.PutAsync), nameof(IObjectStore.PutAndOpenAsync), nameof(IObjectStore.MaterializeAsync),
    ];

    /// <summary>Adds the watch over what is away.</summary>
    public static IServiceCollection AddOutages(this IServiceCollection services)
    {
        services.AddSettings<OutageOptions>(OutageOptions.Section);
        services.TryAddSingleton<OutageWatch>();
        return services;
    }

    /// <summary>Adds a port whose calls are watched.</summary>
    internal static IServiceCollection AddWatched<TPort>(
        this IServiceCollection services, Dependency of, Func<IServiceProvider, TPort> make)
        where TPort : class =>
        services.AddSingleton(provider => Port<TPort>.Around(
            make(provider), new WatchedCalls(provider.GetRequiredService<OutageWatch>(), of, of == Dependency.Objects ? Transfers : null)));

    /// <summary>Adds a store of records whose calls are watched.</summary>
    internal static IServiceCollection AddRecords<TPort, TStore>(this IServiceCollection services)
        where TPort : class
        where TStore : class, TPort =>
        services.AddSingleton<TStore>().AddWatched<TPort>(Dependency.Records, provider => provider.GetRequiredService<TStore>());

    /// <summary>Adds a probe of a dependency.</summary>
    internal static IServiceCollection AddProbe(
        this IServiceCollection services,
        Dependency of,
        Func<IServiceProvider, Func<CancellationToken, Task>> reach,
        Func<IServiceProvider, bool>? isRemote = null) =>
        services.AddSingleton<IReachProbe>(provider =>
            new ReachProbe(new Outage(of), ct => reach(provider)(ct), isRemote?.Invoke(provider) ?? false));
}
