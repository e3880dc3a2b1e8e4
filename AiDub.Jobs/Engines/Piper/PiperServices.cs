using AiDub.Domain.Ports;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.Piper;

/// <summary>Adds Piper.</summary>
public static class PiperServices
{
    /// <summary>Adds the synthesiser, with its options from <c>Piper</c> below the engines' section.</summary>
    public static IServiceCollection AddPiper(this IServiceCollection services, IConfiguration engines)
    {
        services.AddSettings<PiperOptions>(engines.GetSection(PiperOptions.Section));
        return services.AddEngine<ISynthesizer, PiperSynthesizer>();
    }
}
