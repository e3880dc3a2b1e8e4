using AiDub.Api.OpenApi;

namespace AiDub.Api.Capabilities;

/// <summary>Capabilities.</summary>
internal static class CapabilityServices
{
    /// <summary>Adds what describes the capabilities; each has a room of its own.</summary>
    public static IServiceCollection AddCapabilities(this IServiceCollection services)
    {
        services.AddSingleton<IContractExamples, CapabilityExamples>();
        return services;
    }
}
