using AiDub.Domain.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.Flite;

/// <summary>Adds Flite.</summary>
public static class FliteServices
{
    /// <summary>Adds the synthesiser, with its options from <c>Flite</c> below the engines' section.</summary>
    public static IServiceCollection AddFlite(this IServiceCollection services, IConfiguration engines)
    {
        services.AddOptions<FliteOptions>().Bind(engines.GetSection(FliteOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<ISynthesizer, FliteSynthesizer>();
    }
}
