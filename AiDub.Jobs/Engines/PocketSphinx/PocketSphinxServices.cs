using AiDub.Domain.Ports;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.PocketSphinx;

/// <summary>Adds PocketSphinx.</summary>
public static class PocketSphinxServices
{
    /// <summary>Adds the recogniser, with its options from <c>PocketSphinx</c> below the engines' section.</summary>
    public static IServiceCollection AddPocketSphinx(this IServiceCollection services, IConfiguration engines)
    {
        services.AddSettings<PocketSphinxOptions>(engines.GetSection(PocketSphinxOptions.Section));
        return services.AddSingleton<IRecognizer, PocketSphinxRecognizer>();
    }
}
