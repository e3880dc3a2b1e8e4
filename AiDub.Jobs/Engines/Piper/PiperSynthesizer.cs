using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Engines.Piper.Child;
using AiDub.Jobs.Models;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.Piper;

/// <summary>Speaks with the voices of Piper: in processes of their own, or by the program <c>piper</c> where it is set.</summary>
internal sealed class PiperSynthesizer : ISynthesizer, ICheckedEngine, IDisposable
{
    private const double SlowestRate = 0.25;
    private const double FastestRate = 4;
    private const string Folder = "voices";
    private readonly ToolRunner _tools;
    private readonly NativeEngines _engines;
    private readonly ModelFolder _models;
    private readonly PiperOptions _options;
    private readonly ILogger<PiperSynthesizer> _log;
    private readonly KeptAnswer<PiperVoices> _voices;

    /// <summary>A synthesiser with the voices that are there when it is first asked.</summary>
    public PiperSynthesizer(
        ToolRunner tools, NativeEngines engines, ModelFolder models, IOptions<PiperOptions> options, TimeProvider clock,
        ILogger<PiperSynthesizer> log)
    {
        (_tools, _engines, _models, _options, _log) = (tools, engines, models, options.Value, log);
        _voices = new KeptAnswer<PiperVoices>(
            ct => ScanAsync(InstalledTool.IsThere(Program) ? VoicesDirectory : null, ct), v => v.Languages.Count == 0, clock);
    }

    /// <inheritdoc/>
    public string Name => PiperOptions.Section;

    /// <inheritdoc/>
    public bool SpeaksAtRate(string language) => true;

    private string? VoicesDirectory => _options.VoicesDirectory ?? _models.Within(Folder);

    // What it cannot do without.
    private string Program => _options.Executable ?? _options.Phonemizer;

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) => (await _voices.GetAsync(ct)).Languages;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OfferedVoice>> VoicesAsync(string language, CancellationToken ct) =>
    [
        .. (await _voices.GetAsync(ct)).Names(language, _options.Voices.GetValueOrDefault(language))
            .Select(name => new OfferedVoice(name, null, null)),
    ];

    /// <inheritdoc/>
    /// <remarks>A text with nothing to say (<see cref="SpokenText.IsSpeakable"/>) becomes a tenth of a second of silence.</remarks>
    /// <exception cref="PermanentDubException">There is no such voice (<c>voice_unknown</c>).</exception>
    /// <exception cref="TransientDubException">A process broke off.</exception>
    public async Task<string> SpeakAsync(SpeechRequest request, string wavPath, CancellationToken ct)
    {
        var wanted = request.Voice ?? _options.Voices.GetValueOrDefault(request.Language);
        var voice = (await _voices.GetAsync(ct)).Find(request.Language, wanted)
            ?? throw new PermanentDubException(
                FailureCode.VoiceUnknown, $"{Name} has no such voice for {LanguageCode.EnglishName(request.Language)}.");
        var text = SpokenText.ToPlain(request.Text, request.Language);
        var scale = 1 / Math.Clamp(request.Rate, SlowestRate, FastestRate);
        if (!SpokenText.IsSpeakable(text))
            await SpeechFile.WriteSilenceAsync(wavPath, ct);
        else if (_options.Executable is { } program)
            await SpeechFile.WriteAsync(Name, wavPath, path => _tools.RunAsync(
                PiperProgram.Speak(program, voice, scale, text, path, TimeSpan.FromSeconds(_options.TimeoutSeconds)), ct));
        else
            await SpeechFile.WriteAsync(Name, wavPath, path => SpeakAsync(voice, scale, text, path, ct));
        return voice.Name;
    }

    /// <inheritdoc/>
    public async Task<EngineCheck> CheckAsync(CancellationToken ct)
    {
        if (VoicesDirectory is not { } folder || (_options.VoicesDirectory is null && !Directory.Exists(folder)))
            return EngineCheck.NotConfigured(Name, $"there are no voices of it in the folder that {ModelFolder.Variable} names");
        if (!InstalledTool.IsThere(Program))
            return new EngineCheck(Name, false, null, [], $"{Program} is not installed");
        var voices = await ScanAsync(folder, ct);
        using var scratch = new ToolFolder();
        var version = _options.Executable is { } program ? await PiperProgram.VersionAsync(_tools, program, scratch.Path, ct) : null;
        var detail = voices.Changed.Count > 0 ? $"{string.Join(", ", voices.Changed)} changed since it was brought: ./aidub models check"
            : voices.All.Count > 0 ? "" : $"there are no voices in {folder}";
        return new EngineCheck(Name, detail.Length == 0, version, voices.All, detail);
    }

    /// <inheritdoc/>
    public void Dispose() => _voices.Dispose();

    private async Task<PiperVoices> ScanAsync(string? folder, CancellationToken ct)
    {
        var voices = await PiperVoices.ScanAsync(folder, _models.Of(Name).SelectMany(m => m.Hashes).ToDictionary(), ct);
        if (voices.Changed.Count > 0)
            _log.LogWarning("{Engine} leaves voices out, as {Files} changed since they were brought.", Name, voices.Changed);
        return voices;
    }

    private async Task SpeakAsync(PiperVoice voice, double scale, string text, string path, CancellationToken ct)
    {
        var sentences = await SentencesAsync(voice.Settings, text, ct);
        var ask = new PiperAsk(
            sentences, scale, voice.Settings.NoiseScale, voice.Settings.NoiseWidth, voice.Speaker, voice.Settings.SampleRate, path);
        var hash = _models.Of(Name).FirstOrDefault(m => m.Path == voice.Model)?.Sha256;
        try
        {
            await _engines.Of(new EngineLaunch(PiperModel.Kind, voice.Model, hash)).AskAsync<PiperAnswer>(ask, null, ct);
        }
        catch (NativeEngineException e)
        {
            _log.LogWarning("{Engine} did not speak: {Reason}", Name, e.Message);
            throw new TransientDubException($"The text could not be spoken: {Name} broke off.", e)
            {
                IsEngineLeftOut = e is EngineSkippedException,
            };
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<long>>> SentencesAsync(PiperSettings settings, string text, CancellationToken ct)
    {
        var (sentences, clauses) = (new List<IReadOnlyList<long>>(), new List<(string Sounds, char Mark)>());
        using var folder = new ToolFolder();
        foreach (var clause in PiperText.Clauses(text))
        {
            clauses.Add((settings.EspeakVoice is { } voice
                ? PiperText.Clean(await SoundsAsync(voice, clause.Text, folder.Path, ct))
                : clause.Text.ToLowerInvariant(), clause.Mark));
            if (clause.EndsSentence)
                Close();
        }
        Close();
        return sentences;

        void Close()
        {
            if (clauses.Count > 0)
                sentences.Add(PiperText.Ids(clauses, settings.Ids));
            clauses.Clear();
        }
    }

    // A clause at a time: eSpeak NG does not say where the marks were.
    private async Task<string> SoundsAsync(string voice, string clause, string folder, CancellationToken ct)
    {
        var said = await _tools.RunAsync(
            new ToolCommand(_options.Phonemizer, ["-q", "-b", "1", "--ipa", "-v", voice, "--stdin"], folder)
            {
                StandardInputText = clause + "\n",
                Timeout = TimeSpan.FromSeconds(_options.TimeoutSeconds),
            },
            ct);
        return said.StandardOutput;
    }
}
