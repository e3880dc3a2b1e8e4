using AiDub.Domain.Ports;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.Festival;

/// <summary>Adds Festival.</summary>
public static class FestivalServices
{
    /// <summary>Adds the synthesiser, with its options from <c>Festival</c> below the engines' section.</summary>
    public static IServiceCollection AddFestival(this IServiceCollection services, IConfiguration engines)
    {
        services.AddSettings<FestivalOptions>(engines.GetSection(FestivalOptions.Section));
        return services.AddEngine<ISynthesizer, FestivalSynthesizer>();
    }
}
