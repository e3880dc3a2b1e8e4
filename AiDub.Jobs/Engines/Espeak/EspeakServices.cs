using AiDub.Domain.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.Espeak;

/// <summary>Adds eSpeak NG.</summary>
public static class EspeakServices
{
    /// <summary>Adds the synthesiser, with its options from <c>Espeak</c> below the engines' section.</summary>
    public static IServiceCollection AddEspeak(this IServiceCollection services, IConfiguration engines)
    {
        services.AddOptions<EspeakOptions>().Bind(engines.GetSection(EspeakOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<ISynthesizer, EspeakSynthesizer>();
    }
}
