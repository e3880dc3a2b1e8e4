using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Models;
using AiDub.Jobs.Settings;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.Silero;

/// <summary>Finds speech with Silero VAD, in a process of its own.</summary>
internal sealed class SileroSpeechFinder(
    NativeEngines engines, IOptions<SileroOptions> options, ModelFolder models, ILogger<SileroSpeechFinder> log)
    : ISpeechFinder, ICheckedEngine
{
    // The graph takes 30 MB, the runtime that runs it 150.
    private const long MemoryBytes = 1L << 30;
    private static readonly int Threads = Math.Min(4, Environment.ProcessorCount);
    private readonly SileroOptions _options = options.Value;

    /// <inheritdoc/>
    public string Name => SileroOptions.Section;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AudioSpan>?> FindAsync(string wav, IProgress<double>? progress, CancellationToken ct)
    {
        if (Launch() is not { } launch)
            return null;
        try
        {
            var ask = new SileroAsk(Path.GetFullPath(wav), _options.Threshold, Threads);
            var answer = await engines.Of(launch).AskAsync<SileroAnswer>(ask, progress, ct);
            log.LogDebug("{Engine} found {Spans} stretches of speech.", Name, answer.Spans.Count);
            return [.. answer.Spans.Select(s => new AudioSpan(s[0], s[1]))];
        }
        catch (NativeEngineException e)
        {
            log.LogWarning("{Engine} did not say where somebody speaks: {Reason}", Name, e.Message);
            throw new TransientDubException($"{Name} broke off and was left out: speech was told from other sound by its level alone.", e);
        }
    }

    /// <inheritdoc/>
    public async Task<EngineCheck> CheckAsync(CancellationToken ct)
    {
        if (Launch() is not { } launch)
            return EngineCheck.NotConfigured(Name, $"there is no {SileroWeights.File} in the folder that AIDUB_MODELS names");
        using var folder = new ToolFolder();
        var silence = Path.Combine(folder.Path, "silence.wav");
        await new Media.Audio.WavFile(16000, new short[16000]).WriteAsync(silence, ct);
        try
        {
            await engines.Of(launch).AskAsync<SileroAnswer>(new SileroAsk(silence, _options.Threshold, 1), null, ct);
            return new EngineCheck(Name, true, null, [Path.GetFileNameWithoutExtension(launch.Model)], "finds speech");
        }
        catch (NativeEngineException e)
        {
            return EngineCheck.Broken(Name, e);
        }
    }

    private EngineLaunch? Launch()
    {
        if (_options.ModelPath is { Length: > 0 } given)
            return new EngineLaunch(SileroModel.Kind, given) { MemoryBytes = MemoryBytes };
        if (SileroWeights.Find(models) is { } brought)
            return new EngineLaunch(SileroModel.Kind, brought, SileroWeights.Hash) { MemoryBytes = MemoryBytes };
        return models.Of(Name) is [var model, ..]
            ? new EngineLaunch(SileroModel.Kind, model.Path, model.Sha256) { MemoryBytes = MemoryBytes }
            : null;
    }
}

/// <summary>Adds Silero VAD.</summary>
internal static class SileroServices
{
    /// <summary>Adds what finds speech, with its options from <c>Silero</c> below the engines' section. It needs the native room.</summary>
    public static IServiceCollection AddSilero(this IServiceCollection services, IConfiguration engines)
    {
        services.AddSettings<SileroOptions>(engines.GetSection(SileroOptions.Section));
        return services.AddEngine<ISpeechFinder, SileroSpeechFinder>();
    }
}
