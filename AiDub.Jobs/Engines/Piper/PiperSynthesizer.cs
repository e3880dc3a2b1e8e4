using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.Piper;

/// <summary>Speaks with Piper.</summary>
public sealed class PiperSynthesizer : ISynthesizer, ICheckedEngine, IDisposable
{
    private const double SlowestRate = 0.25;
    private const double FastestRate = 4;
    private readonly ToolRunner _tools;
    private readonly PiperOptions _options;
    private readonly KeptAnswer<PiperVoices> _voices;

    /// <summary>A synthesiser with the voices that are there when it is first asked.</summary>
    public PiperSynthesizer(ToolRunner tools, IOptions<PiperOptions> options, TimeProvider clock)
    {
        (_tools, _options) = (tools, options.Value);
        _voices = new KeptAnswer<PiperVoices>(
            ct => PiperVoices.ScanAsync(InstalledTool.IsThere(_options.Executable) ? _options.VoicesDirectory : null, ct),
            v => v.Languages.Count == 0, clock);
    }

    /// <inheritdoc/>
    public string Name => PiperOptions.Section;

    /// <inheritdoc/>
    public bool SpeaksAtRate => true;

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) => (await _voices.GetAsync(ct)).Languages;

    /// <inheritdoc/>
    /// <remarks>A text with nothing to say (<see cref="SpokenText.IsSpeakable"/>) becomes a tenth of a second of silence.</remarks>
    /// <exception cref="PermanentDubException">There is no such voice (<c>voice_unknown</c>).</exception>
    /// <exception cref="TransientDubException">The program broke off.</exception>
    public async Task<string> SpeakAsync(SpeechRequest request, string wavPath, CancellationToken ct)
    {
        var wanted = request.Voice ?? _options.Voices.GetValueOrDefault(request.Language);
        var voice = (await _voices.GetAsync(ct)).Find(request.Language, wanted)
            ?? throw new PermanentDubException(
                FailureCode.VoiceUnknown, $"{Name} has no such voice for {LanguageCode.EnglishName(request.Language)}.");
        var text = SpokenText.ToPlain(request.Text, request.Language);
        if (SpokenText.IsSpeakable(text))
            await SpeechFile.WriteAsync(Name, wavPath, path => _tools.RunAsync(Command(voice, request.Rate, text, path), ct));
        else
            await SpeechFile.WriteSilenceAsync(wavPath, ct);
        return voice;
    }

    /// <inheritdoc/>
    public async Task<EngineCheck> CheckAsync(CancellationToken ct)
    {
        if (_options.VoicesDirectory is not { } folder)
            return EngineCheck.NotConfigured(Name, $"set {EnginesOptions.Section}:{Name}:VoicesDirectory");
        if (!InstalledTool.IsThere(_options.Executable))
            return new EngineCheck(Name, false, null, [], $"{_options.Executable} is not installed");
        var voices = await PiperVoices.ScanAsync(folder, ct);
        using var scratch = new ToolFolder();
        // Newer releases know no --version.
        var said = await _tools.RunAsync(new ToolCommand(_options.Executable, ["--version"], scratch.Path) { AllowFailure = true }, ct);
        var version = said.ExitCode == 0 ? said.StandardOutput.Split('\n')[0].Trim() : "";
        return new EngineCheck(
            Name,
            voices.All.Count > 0,
            version.Length == 0 ? null : version,
            voices.All,
            voices.All.Count > 0 ? "" : $"there are no voices in {folder}");
    }

    /// <inheritdoc/>
    public void Dispose() => _voices.Dispose();

    // A longer length scale is slower speech. The text is one line: every line would be an utterance of its own.
    private ToolCommand Command(string voice, double rate, string text, string path) => new(_options.Executable,
        [
            "--model", Path.Combine(Path.GetFullPath(_options.VoicesDirectory!), voice + ".onnx"), "--output_file", path,
            "--length_scale", (1 / Math.Clamp(rate, SlowestRate, FastestRate)).ToString("0.####", CultureInfo.InvariantCulture),
        ], Path.GetDirectoryName(path)!)
    {
        StandardInputText = text + "\n",
        Timeout = TimeSpan.FromSeconds(_options.TimeoutSeconds),
    };
}
