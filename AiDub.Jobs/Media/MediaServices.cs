using AiDub.Domain.Audio;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Media.Rendering;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Media;

/// <summary>What probes, repairs and renders media.</summary>
public static class MediaServices
{
    /// <summary>
    /// Adds the room; its section is <see cref="MixOptions.Section"/>. It needs the tools, and the limits of what is fetched.
    /// </summary>
    public static IServiceCollection AddMedia(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<MixOptions>(configuration.GetSection(MixOptions.Section));
        services.AddSingleton<MediaProber>();
        services.AddSingleton<AudioExtractor>();
        services.AddSingleton<TrackListener>();
        services.AddSingleton<SpeechShaper>();
        services.AddSingleton<DubRenderer>();
        services.AddSingleton<VoiceSampleCutter>();
        services.AddSingleton<SubtitleBurner>();
        return services;
    }
}
