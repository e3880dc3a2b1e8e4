using AiDub.Jobs.Engines;
using AiDub.Jobs.Models;
using AiDub.Tests.Api.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Jobs.Engines;

/// <summary>The engine room with settings of a test's own, and a folder that is gone afterwards.</summary>
internal sealed class EngineHost : IDisposable
{
    private readonly ServiceProvider _services;

    public EngineHost(params (string Key, string Value)[] settings)
        : this(ModelFolder.FromEnvironment(), settings)
    {
    }

    public EngineHost(ModelFolder models, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)))
            .Build();
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(models)
            .AddLogging(l => l.AddProvider(Log).SetMinimumLevel(LogLevel.Trace))
            .AddEngines(configuration)
            .BuildServiceProvider();
    }

    /// <summary>All that was logged.</summary>
    public CapturedLog Log { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("aidub-tests-").FullName;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The one of several services that a test is about.</summary>
    public T Get<T>(Func<T, bool> which) where T : notnull => _services.GetServices<T>().Single(which);

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
