using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Tests.Bench;

/// <summary>The service's own engines without the service.</summary>
internal sealed class EngineBench : IDisposable
{
    private readonly ServiceProvider _services = Services();

    public async Task<Transcript> RecognizeAsync(string wav, string scratch)
    {
        var recognizer = await _services.GetRequiredService<Recognizers>().ForAsync("en", default);
        return await recognizer!.RecognizeAsync(new RecognitionRequest(wav, "en", scratch), new Progress<double>(), default);
    }

    public void Dispose() => _services.Dispose();

    private static ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder().Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddEngines(configuration)
            .BuildServiceProvider();
    }
}
