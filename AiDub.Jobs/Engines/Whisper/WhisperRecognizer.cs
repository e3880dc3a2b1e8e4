using System.Runtime.Intrinsics.X86;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Engines.Recognition;
using AiDub.Jobs.Engines.Whisper.Child;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Models;
using AiDub.Jobs.Settings;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.Whisper;

/// <summary>Recognises with Whisper, in a process of its own.</summary>
internal sealed class WhisperRecognizer(
    NativeEngines engines, IOptions<WhisperOptions> options, ModelFolder models, ILogger<WhisperRecognizer> log)
    : IRecognizer, ICheckedEngine
{
    // Stretches that lie further apart, in seconds, are not one window.
    private const double LongestPause = 2;

    // Whisper reads 30 s at a time, however little is in them: speech is put together up to nearly that.
    private static readonly SplitRules Windows = new() { MaxChunk = 28 };
    private static readonly SegmentRules Rules = new() { Punctuated = true, SentencePause = 0.8 };
    private static readonly IReadOnlySet<string> English = new HashSet<string> { "en" };
    private static readonly IReadOnlySet<string> None = new HashSet<string>();
    private readonly WhisperOptions _options = options.Value;

    /// <inheritdoc/>
    public string Name => WhisperOptions.Section;

    private static bool CanRun => Avx2.IsSupported || !OperatingSystem.IsLinux() || !X86Base.IsSupported;

    private int Threads => _options.Threads > 0 ? _options.Threads : Math.Min(4, Environment.ProcessorCount);

    private int Parallelism => _options.Parallelism > 0 ? _options.Parallelism : Math.Max(1, Environment.ProcessorCount / Threads / 2);

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) => Task.FromResult(
        !CanRun || Launch(null) is not { } launch ? None
        : IsEnglishOnly(launch.Model) ? English : WhisperLanguages.All);

    /// <inheritdoc/>
    /// <exception cref="PermanentDubException">It could not tell which language it heard (<c>from_lang_unknown</c>).</exception>
    /// <exception cref="TransientDubException">Its process broke off.</exception>
    public async Task<Transcript> RecognizeAsync(RecognitionRequest request, IProgress<double> progress, CancellationToken ct)
    {
        var launch = Launch(request.Language)
            ?? throw new TransientDubException($"{Name} has no model any more.") { IsEngineLeftOut = true };
        var wav = await SpeechWav.ReadAsync(request.AudioPath, ct);
        var windows = Together(SpeechSplitter.Split(wav.Levels, request.Speech, Windows), Windows.MaxChunk);
        var language = request.Language ?? (IsEnglishOnly(launch.Model) ? "en" : null);
        var ask = new WhisperAsk(
            Path.GetFullPath(request.AudioPath), [.. windows.Select(w => new[] { w.Start, w.End })],
            ToWhisper(language), Threads, Parallelism);
        try
        {
            var heard = await engines.Of(launch).AskAsync<WhisperAnswer>(ask, progress, ct);
            progress.Report(1);
            return Read(heard, request, Path.GetFileNameWithoutExtension(launch.Model));
        }
        catch (NativeEngineException e)
        {
            log.LogWarning("{Engine} did not recognise: {Reason}", Name, e.Message);
            throw new TransientDubException($"The speech could not be recognised: {Name} broke off.", e)
            {
                IsEngineLeftOut = e is EngineSkippedException,
            };
        }
    }

    /// <inheritdoc/>
    public async Task<EngineCheck> CheckAsync(CancellationToken ct)
    {
        if (Launch(null) is not { } launch)
            return EngineCheck.NotConfigured(Name, $"there is no model of it in the folder that {ModelFolder.Variable} names");
        if (!CanRun)
            return new EngineCheck(Name, false, null, [], "this processor has no AVX2, which it needs");
        using var folder = new ToolFolder();
        var silence = Path.Combine(folder.Path, "silence.wav");
        await new WavFile(16000, new short[1600]).WriteAsync(silence, ct);
        try
        {
            await engines.Of(launch).AskAsync<WhisperAnswer>(new WhisperAsk(silence, [], "en", 1, 1), null, ct);
            return new EngineCheck(Name, true, null, [Path.GetFileNameWithoutExtension(launch.Model)], "");
        }
        catch (NativeEngineException e)
        {
            return EngineCheck.Broken(Name, e);
        }
    }

    /// <summary>Stretches that lie close as one window, as long as that is not too long.</summary>
    internal static IReadOnlyList<AudioSpan> Together(IReadOnlyList<AudioSpan> chunks, double longest)
    {
        var windows = new List<AudioSpan>();
        foreach (var chunk in chunks)
        {
            if (windows.Count > 0 && chunk.Start - windows[^1].End <= LongestPause && chunk.End - windows[^1].Start <= longest)
                windows[^1] = windows[^1] with { End = chunk.End };
            else
                windows.Add(chunk);
        }
        return windows;
    }

    private Transcript Read(WhisperAnswer heard, RecognitionRequest request, string model)
    {
        var filter = new HeardFilter(request.Speech, _options.MinProbability);
        var segments = SegmentBuilder.Build(filter.Words(heard.Pieces), Rules);
        var language = request.Language ?? WhisperLanguages.Find(heard.Language);
        if (language is null && segments.Count > 0)
            throw new PermanentDubException(
                FailureCode.FromLangUnknown, $"{Name} could not tell which language is spoken. Please give from_lang.");
        foreach (var (reason, words) in filter.LeftOut)
            log.LogInformation("{Engine} heard {Words} words that were left out: {Reason}.", Name, words, reason);
        return new Transcript(language ?? LanguageCode.Undetermined, $"{Name} {model}", segments)
        {
            LanguageProbability = heard.LanguageProbability is { } sure ? Math.Round(sure, 3) : null,
            LeftOutWords = filter.LeftOut.Count == 0 ? null : filter.LeftOut,
        };
    }

    private EngineLaunch? Launch(string? language)
    {
        if (_options.ModelPath is { Length: > 0 } given)
            return new EngineLaunch(WhisperModel.Kind, given);
        return models.Of(Name).FirstOrDefault(m => language is null || m.Model.Does(language)) is { } here
            ? new EngineLaunch(WhisperModel.Kind, here.Path, here.Sha256)
            : null;
    }

    private static bool IsEnglishOnly(string model) => Path.GetFileName(model).Contains(".en", StringComparison.Ordinal);

    // Whisper has a code of its own for Javanese.
    private static string? ToWhisper(string? language) => language == "jv" ? "jw" : language;
}

/// <summary>Adds Whisper.</summary>
internal static class WhisperServices
{
    /// <summary>
    /// Adds the recogniser, with its options from <c>Whisper</c> below the engines' section. It needs the native room and that of models.
    /// </summary>
    public static IServiceCollection AddWhisper(this IServiceCollection services, IConfiguration engines)
    {
        services.AddSettings<WhisperOptions>(engines.GetSection(WhisperOptions.Section));
        return services.AddEngine<IRecognizer, WhisperRecognizer>();
    }
}
