using AiDub.Domain.Ports;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.Flite;

/// <summary>Adds Flite.</summary>
public static class FliteServices
{
    /// <summary>Adds the synthesiser, with its options from <c>Flite</c> below the engines' section.</summary>
    public static IServiceCollection AddFlite(this IServiceCollection services, IConfiguration engines)
    {
        services.AddSettings<FliteOptions>(engines.GetSection(FliteOptions.Section));
        return services.AddSingleton<ISynthesizer, FliteSynthesizer>();
    }
}
