using AiDub.Domain.Ports;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.Espeak;

/// <summary>Adds eSpeak NG.</summary>
public static class EspeakServices
{
    /// <summary>Adds the synthesiser, with its options from <c>Espeak</c> below the engines' section.</summary>
    public static IServiceCollection AddEspeak(this IServiceCollection services, IConfiguration engines)
    {
        services.AddSettings<EspeakOptions>(engines.GetSection(EspeakOptions.Section));
        return services.AddSingleton<ISynthesizer, EspeakSynthesizer>();
    }
}
