using AiDub.Api.OpenApi;
using AiDub.Jobs.Settings;

namespace AiDub.Api.Voices;

/// <summary>Voices.</summary>
internal static class VoiceServices
{
    /// <summary>Adds what lets voices be heard.</summary>
    public static IServiceCollection AddVoices(this IServiceCollection services)
    {
        services.AddSettings<VoiceOptions>(VoiceOptions.Section);
        services.AddSingleton<VoicePreviews>();
        services.AddSingleton<IContractExamples, VoiceExamples>();
        return services;
    }
}
