using AiDub.Jobs.Dubbing.Editing;
using AiDub.Jobs.Dubbing.Fitting;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Estimates;
using AiDub.Jobs.Queueing;
using AiDub.Jobs.Quotas;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Dubbing;

/// <summary>The dubbing job, its steps and its sweeper.</summary>
public static class DubbingServices
{
    /// <summary>Adds what takes a dub from its order to its result. The steps run in the order of their stages, then of this list.</summary>
    public static IServiceCollection AddDubbing(this IServiceCollection services)
    {
        services.AddSettings<DubbingOptions>("Dubbing");
        services.AddSingleton<TurnSignal>();
        services.AddSingleton<DubIntake>();
        services.AddSingleton<DubSubmissions>();
        services.AddSingleton<KeyedSubmissions>();
        services.AddSingleton<DubBatches>();
        services.AddSingleton<DubRemains>();
        services.AddSingleton<AbandonedWork>();
        services.AddSingleton<DubRetention>();
        services.AddSettings<ResultOptions>(ResultOptions.Section);
        services.AddSingleton<ResultExpiry>();
        services.AddSingleton<UsageMeter>();
        services.AddSettings<EstimateOptions>("Estimates");
        services.AddSingleton<RecentPaces>();
        services.AddSingleton<SourceMeter>();
        services.AddSingleton<DubEditing>();
        services.AddSingleton<DubRendering>();
        services.AddSingleton<DubCancellation>();
        services.AddSingleton<DubDeletion>();
        services.AddSingleton<DubRetries>();
        services.AddSingleton<Scratch>();
        services.AddSingleton<SpeechAudio>();
        services.AddSingleton<TrackRecognition>();
        services.AddSingleton<IDubStep, TextsStep>();
        services.AddSingleton<IDubStep, FetchStep>();
        services.AddSingleton<IDubStep, TranscribeStep>();
        services.AddSingleton<IDubStep, SpeakersStep>();
        services.AddSingleton<IDubStep, ReleaseStep>();
        services.AddSingleton<IDubStep, TranslateStep>();
        services.AddSingleton<IDubStep, EditStep>();
        services.AddSingleton<IDubStep, SpeakStep>();
        services.AddSingleton<TextShortener>();
        services.AddSingleton<StretchedSpeech>();
        services.AddSingleton<IDubStep, FitStep>();
        services.AddSingleton<RenderFallback>();
        services.AddSingleton<SubtitledPicture>();
        services.AddSingleton<IDubStep, RenderStep>();
        services.AddSingleton<DubPipeline>();
        services.AddSingleton<DubHistory>();
        services.AddSingleton<DubCallbacks>();
        services.AddSingleton<DubPublisher>();
        services.AddTransient<DubbingJob>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<DubSweeper>();
        services.AddSingleton<DubLeftovers>();
        services.AddSettings<UploadOptions>("Uploads");
        services.AddSingleton<UploadSweeper>();
        return services;
    }
}
