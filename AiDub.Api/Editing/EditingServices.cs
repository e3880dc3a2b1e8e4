using AiDub.Api.OpenApi;

namespace AiDub.Api.Editing;

/// <summary>Editing.</summary>
internal static class EditingServices
{
    /// <summary>Adds what describes segments, edits and renderings; the jobs side makes them.</summary>
    public static IServiceCollection AddEditing(this IServiceCollection services)
    {
        services.AddSingleton<IContractExamples, EditingExamples>();
        return services;
    }
}
