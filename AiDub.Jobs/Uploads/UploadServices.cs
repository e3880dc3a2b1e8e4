using AiDub.Jobs.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Uploads;

/// <summary>What users upload.</summary>
internal static class UploadServices
{
    /// <summary>Adds what removes uploads once they are old.</summary>
    public static IServiceCollection AddUploads(this IServiceCollection services)
    {
        services.AddSettings<UploadOptions>(UploadOptions.Section);
        services.AddSingleton<OldUploadSweeper>();
        return services;
    }
}
