using AiDub.Jobs.Outages;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;

namespace AiDub.Jobs.Engines.Remote;

/// <summary>Adds what an engine over HTTP needs.</summary>
internal static class RemoteServices
{
    /// <summary>
    /// Adds the engine's options, from the sections given (later ones override), and its <see cref="HttpClient"/> by its name.
    /// </summary>
    public static IServiceCollection AddRemote<TOptions>(
        this IServiceCollection services, string engine, params IConfigurationSection[] sections)
        where TOptions : RemoteOptions
    {
        var options = services.AddOptions<TOptions>();
        foreach (var section in sections)
        {
            services.AddKnownSection<TOptions>(section.Path);
            options.Bind(section);
        }
        options.Judged(sections[^1].Path);

        var circuit = new CircuitBreakerManualControl();
        services.AddSingleton<IReachProbe>(provider =>
            new RemoteProbe(engine, () => provider.GetRequiredService<IOptions<TOptions>>().Value, circuit));
        var client = services.AddHttpClient(engine, http => http.Timeout = Timeout.InfiniteTimeSpan)
            // A redirect would carry the key to another server.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                // A trace's id is the dub's.
                ActivityHeadersPropagator = null,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectTimeout = TimeSpan.FromSeconds(15),
            })
            // They would write addresses and headers.
            .RemoveAllLoggers()
            .AddHttpMessageHandler(provider => new FaultHandler(
                engine,
                () => provider.GetRequiredService<IOptions<TOptions>>().Value,
                provider.GetRequiredService<ILoggerFactory>().CreateLogger($"{typeof(RemoteServices).Namespace}.{engine}")));
        client.AddResilienceHandler("calls", (pipeline, context) => RemoteResilience.Build(
            pipeline,
            context.ServiceProvider.GetRequiredService<IOptions<TOptions>>().Value,
            circuit,
            context.ServiceProvider.GetRequiredService<TimeProvider>()));
        client.AddHttpMessageHandler(() => new AnswerHandler());
        return services;
    }
}
