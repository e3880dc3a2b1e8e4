using AiDub.Jobs.Engines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Tests.Jobs.Engines;

/// <summary>The engine room with settings of a test's own, and a folder that is gone afterwards.</summary>
internal sealed class EngineHost : IDisposable
{
    private readonly ServiceProvider _services;

    public EngineHost(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)))
            .Build();
        _services = new ServiceCollection().AddLogging().AddEngines(configuration).BuildServiceProvider();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("aidub-tests-").FullName;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
