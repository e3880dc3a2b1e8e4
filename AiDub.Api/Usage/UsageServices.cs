using AiDub.Api.OpenApi;

namespace AiDub.Api.Usage;

/// <summary>Usage.</summary>
internal static class UsageServices
{
    /// <summary>Adds what describes how much is stored for a user.</summary>
    public static IServiceCollection AddUsage(this IServiceCollection services)
    {
        services.AddSingleton<IContractExamples, UsageExamples>();
        return services;
    }
}
