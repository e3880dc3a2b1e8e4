using AiDub.Api.OpenApi;
using AiDub.Jobs.Dubbing.Artifacts;

namespace AiDub.Api.Sources;

/// <summary>Sources.</summary>
internal static class SourceServices
{
    /// <summary>Adds what finds the sources of dubs while they are kept.</summary>
    public static IServiceCollection AddSources(this IServiceCollection services)
    {
        services.AddSingleton<KeptSources>();
        services.AddSingleton<IContractExamples, SourceExamples>();
        return services;
    }
}
