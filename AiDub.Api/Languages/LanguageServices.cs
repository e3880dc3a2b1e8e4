using AiDub.Api.OpenApi;

namespace AiDub.Api.Languages;

/// <summary>Languages.</summary>
internal static class LanguageServices
{
    /// <summary>Adds what describes the languages that can be dubbed.</summary>
    public static IServiceCollection AddLanguages(this IServiceCollection services)
    {
        services.AddSingleton<IContractExamples, LanguageExamples>();
        return services;
    }
}
