using AiDub.Domain.Ports;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.Apertium;

/// <summary>Adds Apertium.</summary>
public static class ApertiumServices
{
    /// <summary>Adds the translator, with its options from <c>Apertium</c> below the engines' section.</summary>
    public static IServiceCollection AddApertium(this IServiceCollection services, IConfiguration engines)
    {
        services.AddSettings<ApertiumOptions>(engines.GetSection(ApertiumOptions.Section));
        return services.AddSingleton<ApertiumTranslator>()
            .AddSingleton<ITranslator>(provider => provider.GetRequiredService<ApertiumTranslator>());
    }
}
