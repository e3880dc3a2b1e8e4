using AiDub.Api.OpenApi;

namespace AiDub.Api.Estimates;

/// <summary>Estimates.</summary>
internal static class EstimateServices
{
    /// <summary>Adds what estimates dubs.</summary>
    public static IServiceCollection AddEstimates(this IServiceCollection services)
    {
        services.AddSingleton<Estimator>();
        services.AddSingleton<IContractExamples, EstimateExamples>();
        return services;
    }
}
