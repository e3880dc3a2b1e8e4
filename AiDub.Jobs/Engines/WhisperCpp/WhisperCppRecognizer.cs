using System.Globalization;
using System.Text.Json;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Recognition;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.WhisperCpp;

/// <summary>Recognises with whisper.cpp.</summary>
public sealed class WhisperCppRecognizer(ToolRunner tools, IOptions<WhisperCppOptions> options) : IRecognizer, ICheckedEngine
{
    private static readonly SegmentRules Rules = new() { Punctuated = true, SentencePause = 0.8 };
    private static readonly IReadOnlySet<string> English = new HashSet<string> { "en" };
    private static readonly IReadOnlySet<string> None = new HashSet<string>();
    private readonly WhisperCppOptions _options = options.Value;

    /// <inheritdoc/>
    public string Name => WhisperCppOptions.Section;

    private bool IsThere => _options.ModelPath is { } model && File.Exists(model) && InstalledTool.IsThere(_options.Executable);

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) =>
        Task.FromResult(!IsThere ? None : _options.IsEnglishOnly ? English : WhisperLanguages.All);

    /// <inheritdoc/>
    /// <exception cref="PermanentDubException">It did not say which language it heard (<c>from_lang_unknown</c>).</exception>
    /// <exception cref="TransientDubException">The program broke off, or wrote something else than a transcript.</exception>
    public async Task<Transcript> RecognizeAsync(RecognitionRequest request, IProgress<double> progress, CancellationToken ct)
    {
        var output = Path.Combine(Path.GetFullPath(request.Scratch), $"{Name}-{Guid.NewGuid():N}");
        var written = output + ".json";
        try
        {
            await tools.RunAsync(Command(request, output) with { OnErrorLine = Report }, ct);
            var heard = WhisperCppOutput.Parse(await File.ReadAllBytesAsync(written, ct));
            var segments = SegmentBuilder.Build(heard.Pieces, Rules);
            var language = request.Language ?? heard.Language;
            if (language is null && segments.Count > 0)
                throw new PermanentDubException(
                    FailureCode.FromLangUnknown, $"{Name} did not say which language is spoken. Please give from_lang.");
            progress.Report(1);
            return new Transcript(
                language ?? LanguageCode.Undetermined, $"{Name} {Path.GetFileNameWithoutExtension(_options.ModelPath)}", segments);
        }
        catch (Exception e) when (e is ToolFailedException or JsonException or FileNotFoundException)
        {
            // It may not say that the disk is full, which is waited for.
            await DataDirectory.ProbeAsync(Path.GetFullPath(request.Scratch), CancellationToken.None);
            throw new TransientDubException($"The speech could not be recognised: {Name} broke off.", e);
        }
        finally
        {
            File.Delete(written);
        }

        void Report(string line)
        {
            if (WhisperCppOutput.ReadProgress(line) is { } share)
                progress.Report(Math.Min(1, share));
        }
    }

    /// <inheritdoc/>
    public async Task<EngineCheck> CheckAsync(CancellationToken ct)
    {
        if (_options.ModelPath is not { } model)
            return EngineCheck.NotConfigured(Name, $"set {EnginesOptions.Section}:{Name}:ModelPath");
        if (!InstalledTool.IsThere(_options.Executable))
            return new EngineCheck(Name, false, null, [], $"{_options.Executable} is not installed");
        if (!File.Exists(model))
            return new EngineCheck(Name, false, null, [], $"there is no model {model}");
        using var folder = new ToolFolder();
        var said = await tools.RunAsync(new ToolCommand(_options.Executable, ["--version"], folder.Path) { AllowFailure = true }, ct);
        var version = said.ExitCode == 0 ? said.StandardOutput.Split('\n')[0].Trim() : "";
        return new EngineCheck(Name, true, version.Length == 0 ? null : version, [Path.GetFileNameWithoutExtension(model)], "");
    }

    private ToolCommand Command(RecognitionRequest request, string output) => new(_options.Executable,
        [
            "-m", Path.GetFullPath(_options.ModelPath!), "-f", Path.GetFullPath(request.AudioPath),
            "-l", request.Language ?? (_options.IsEnglishOnly ? "en" : "auto"), "-oj", "-of", output, "-pp", "-np",
            "-t", (_options.Threads == 0 ? Environment.ProcessorCount : _options.Threads).ToString(CultureInfo.InvariantCulture),
        ], Path.GetFullPath(request.Scratch))
    {
        Timeout = TimeSpan.FromMinutes(_options.TimeoutMinutes),
    };
}
