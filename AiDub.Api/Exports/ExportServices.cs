using AiDub.Api.OpenApi;

namespace AiDub.Api.Exports;

/// <summary>Exports.</summary>
internal static class ExportServices
{
    /// <summary>Adds what describes the texts of a dub as files.</summary>
    public static IServiceCollection AddExports(this IServiceCollection services)
    {
        services.AddSingleton<IContractExamples, ExportExamples>();
        return services;
    }
}
