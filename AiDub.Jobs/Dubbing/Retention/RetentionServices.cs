using AiDub.Jobs.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Dubbing.Retention;

/// <summary>Everything that removes.</summary>
internal static class RetentionServices
{
    /// <summary>Adds what removes dubs, their files, and what killed processes left of them.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddSettings<RetentionOptions>(RetentionOptions.Section);
        services.AddSettings<ResultOptions>(ResultOptions.Section);
        services.AddSingleton<ClonedVoiceRemoval>();
        services.AddSingleton<FailedDubRemoval>();
        services.AddSingleton<SupersededAttemptRemoval>();
        services.AddSingleton<FinishedDubRetention>();
        services.AddSingleton<DubCancellation>();
        services.AddSingleton<DubDeletion>();
        services.AddSingleton<OrphanedWorkSweeper>();
        services.AddSingleton<ExpiredResultSweeper>();
        return services;
    }
}
