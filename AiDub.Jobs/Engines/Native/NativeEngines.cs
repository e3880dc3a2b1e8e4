using System.Collections.Concurrent;
using AiDub.Jobs.Settings;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.Native;

/// <summary>The engines that run in processes of their own: one a model, whoever asks.</summary>
internal sealed class NativeEngines(ToolRunner tools, IOptions<NativeOptions> options, TimeProvider clock, ILogger<NativeEngines> log)
    : IAsyncDisposable, IDisposable
{
    private readonly ConcurrentDictionary<EngineLaunch, Lazy<NativeEngine>> _engines = new();

    /// <summary>The engine of a model; its process is started when it is first asked.</summary>
    public NativeEngine Of(EngineLaunch launch) => _engines.GetOrAdd(launch, key => new Lazy<NativeEngine>(
        () => new NativeEngine(key.Kind, folder => key.Command(folder, options.Value), tools, options.Value, clock, log))).Value;

    /// <summary>Kills all processes.</summary>
    public void Dispose()
    {
        foreach (var engine in _engines.Values)
            engine.Value.Kill();
    }

    /// <summary>Ends all processes.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines.Values)
            await engine.Value.DisposeAsync();
    }
}

/// <summary>Adds the home of native engines.</summary>
internal static class NativeServices
{
    /// <summary>Adds it, with its options from <c>Native</c> below the engines' section.</summary>
    public static IServiceCollection AddNative(this IServiceCollection services, IConfiguration engines)
    {
        services.AddSettings<NativeOptions>(engines.GetSection(NativeOptions.Section));
        return services.AddSingleton<NativeEngines>();
    }
}
