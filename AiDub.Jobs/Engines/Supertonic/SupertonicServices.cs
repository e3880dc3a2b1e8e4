using AiDub.Domain.Ports;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.Supertonic;

/// <summary>Adds Supertonic.</summary>
public static class SupertonicServices
{
    /// <summary>
    /// Adds the synthesiser, with its options from <c>Supertonic</c> below the engines' section. It needs the native room.
    /// </summary>
    public static IServiceCollection AddSupertonic(this IServiceCollection services, IConfiguration engines)
    {
        services.AddSettings<SupertonicOptions>(engines.GetSection(SupertonicOptions.Section));
        return services.AddEngine<ISynthesizer, SupertonicSynthesizer>();
    }
}
