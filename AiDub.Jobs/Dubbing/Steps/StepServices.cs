using AiDub.Jobs.Dubbing.Steps.Fitting;
using AiDub.Jobs.Dubbing.Steps.Recognition;
using AiDub.Jobs.Dubbing.Steps.Rendering;
using AiDub.Jobs.Dubbing.Steps.Speaking;
using AiDub.Jobs.Dubbing.Steps.Translating;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>The steps of a dub.</summary>
internal static class StepServices
{
    /// <summary>Adds the steps; their order is that of <see cref="StepPlan.Rows"/>.</summary>
    public static IServiceCollection AddSteps(this IServiceCollection services)
    {
        services.AddSingleton<IDubStep, TextsStep>();
        services.AddSingleton<IDubStep, FetchStep>();
        services.AddSingleton<IDubStep, TranscribeStep>();
        services.AddSingleton<IDubStep, DiarizeStep>();
        services.AddSingleton<IDubStep, SeparateStep>();
        services.AddSingleton<IDubStep, ReleaseStep>();
        services.AddSingleton<IDubStep, TranslateStep>();
        services.AddSingleton<IDubStep, EditStep>();
        services.AddSingleton<IDubStep, SpeakStep>();
        services.AddSingleton<IDubStep, FitStep>();
        services.AddSingleton<IDubStep, RenderStep>();
        services.AddSingleton<StepPlan>();
        services.AddSingleton<SpeechAudio>();
        services.AddSingleton<TrackRecognition>();
        services.AddSingleton<SegmentTranslator>();
        services.AddSingleton<TextShortener>();
        services.AddSingleton<StretchedSpeech>();
        services.AddSingleton<SourceSeparation>();
        services.AddSingleton<VoiceSamples>();
        services.AddSingleton<RenderFallback>();
        services.AddSingleton<SubtitledPicture>();
        return services;
    }
}
