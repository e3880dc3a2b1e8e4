using AiDub.Domain.Ports;
using AiDub.Domain.Sound;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Media.Rendering;
using AiDub.Jobs.Media.Sound;
using AiDub.Jobs.Settings;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiDub.Jobs.Media;

/// <summary>Registers what fetches, probes and renders media.</summary>
public static class MediaRegistration
{
    /// <summary>Adds the room; its sections are <see cref="SourceOptions.Section"/>, <see cref="ToolOptions.Section"/> and <see cref="MixOptions.Section"/>. It needs the S3 room.</summary>
    public static IServiceCollection AddMedia(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<SourceOptions>(configuration.GetSection(SourceOptions.Section));
        services.AddSettings<MixOptions>(configuration.GetSection(MixOptions.Section));
        services.AddSettings<ToolOptions>(configuration.GetSection(ToolOptions.Section));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ToolRunner>();
        services.TryAddSingleton<ISourceNetwork, SourceNetwork>();
        services.AddSingleton<SourceGate>();
        services.AddSingleton<ISourceTransport, HttpTransport>();
        services.AddSingleton<ISourceTransport, S3Transport>();
        services.AddSingleton<ISourceFetcher, SourceFetcher>();
        services.AddSingleton<MediaProber>();
        services.AddSingleton<AudioExtractor>();
        services.AddSingleton<TrackListener>();
        services.AddSingleton<SpeechShaper>();
        services.AddSingleton<DubRenderer>();
        services.AddSingleton<SubtitleBurner>();
        return services;
    }
}
