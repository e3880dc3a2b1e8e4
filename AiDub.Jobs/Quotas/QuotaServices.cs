using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Quotas;

/// <summary>What users may store.</summary>
internal static class QuotaServices
{
    /// <summary>Adds what measures what is stored for a user.</summary>
    public static IServiceCollection AddQuotas(this IServiceCollection services)
    {
        services.AddSingleton<UsageMeter>();
        return services;
    }
}
