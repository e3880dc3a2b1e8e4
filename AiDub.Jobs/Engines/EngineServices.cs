using AiDub.Jobs.Engines.Apertium;
using AiDub.Jobs.Engines.Demucs;
using AiDub.Jobs.Engines.ElevenLabs;
using AiDub.Jobs.Engines.Espeak;
using AiDub.Jobs.Engines.Festival;
using AiDub.Jobs.Engines.Flite;
using AiDub.Jobs.Engines.LibreTranslate;
using AiDub.Jobs.Engines.LlamaCpp;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Engines.OpenAi;
using AiDub.Jobs.Engines.Piper;
using AiDub.Jobs.Engines.PocketSphinx;
using AiDub.Jobs.Engines.Remote;
using AiDub.Jobs.Engines.Silero;
using AiDub.Jobs.Engines.Supertonic;
using AiDub.Jobs.Engines.Whisper;
using AiDub.Jobs.Engines.WhisperCpp;
using AiDub.Jobs.Models;
using AiDub.Jobs.Settings;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiDub.Jobs.Engines;

/// <summary>Adds the engine room.</summary>
public static class EngineServices
{
    /// <summary>Adds every engine that there is, each with its section below <c>Engines</c>, and the choice between them.</summary>
    public static IServiceCollection AddEngines(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(EnginesOptions.Section);
        services.AddKnownSection<EnginesOptions>(EnginesOptions.Section)
            .AddOptions<EnginesOptions>()
            .Configure(o => o.Read(section))
            .Judged(EnginesOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddModels();
        services.TryAddSingleton<ToolRunner>();
        services.TryAddSingleton<ReceivedAudio>();
        services.AddSingleton<Recognizers>();
        services.AddSingleton<Translators>();
        services.AddSingleton<Synthesizers>();
        services.AddSingleton<LanguageSupport>();
        services.AddSingleton<EngineAdvice>();
        services.AddHostedService<EngineStart>();
        services.AddSingleton<EnginePreparation>();
        services.AddHostedService(provider => provider.GetRequiredService<EnginePreparation>());
        services.AddOpenAi(section).AddWhisperCpp(section).AddLibreTranslate(section).AddPiper(section).AddElevenLabs(section);
        services.AddNative(section).AddSilero(section).AddWhisper(section).AddDemucs(section).AddLlamaCpp(section).AddSupertonic(section);
        services.AddEngineChecks();
        return services.AddPocketSphinx(section).AddApertium(section).AddEspeak(section).AddFlite(section).AddFestival(section);
    }
}
