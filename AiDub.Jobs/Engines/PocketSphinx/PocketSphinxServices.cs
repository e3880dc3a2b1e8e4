using AiDub.Domain.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.PocketSphinx;

/// <summary>Adds PocketSphinx.</summary>
public static class PocketSphinxServices
{
    /// <summary>Adds the recogniser, with its options from <c>PocketSphinx</c> below the engines' section.</summary>
    public static IServiceCollection AddPocketSphinx(this IServiceCollection services, IConfiguration engines)
    {
        services.AddOptions<PocketSphinxOptions>().Bind(engines.GetSection(PocketSphinxOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IRecognizer, PocketSphinxRecognizer>();
    }
}
