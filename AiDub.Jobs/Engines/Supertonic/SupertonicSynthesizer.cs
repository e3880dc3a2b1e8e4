using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Engines.Supertonic.Child;
using AiDub.Jobs.Models;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.Supertonic;

/// <summary>Speaks with Supertonic, in a process of its own that has the model for all languages and voices.</summary>
internal sealed class SupertonicSynthesizer : ISynthesizer, ICheckedEngine, IDisposable
{
    private const double SlowestSpeed = 0.5;
    private const double FastestSpeed = 2;
    private const string Bring = "./aidub models get supertonic --accept brings its model";
    private readonly NativeEngines _engines;
    private readonly ModelFolder _models;
    private readonly SupertonicOptions _options;
    private readonly ILogger<SupertonicSynthesizer> _log;
    private readonly KeptAnswer<SupertonicFiles> _files;

    /// <summary>A synthesiser with the files that are there when it is first asked.</summary>
    public SupertonicSynthesizer(
        NativeEngines engines, ModelFolder models, IOptions<SupertonicOptions> options, TimeProvider clock,
        ILogger<SupertonicSynthesizer> log)
    {
        (_engines, _models, _options, _log) = (engines, models, options.Value, log);
        _files = new KeptAnswer<SupertonicFiles>(_ => Task.FromResult(SupertonicFiles.Scan(Folder)), f => f.Missing.Count > 0, clock);
    }

    /// <inheritdoc/>
    public string Name => SupertonicOptions.Section;

    private string? Folder => _options.ModelDirectory ?? _models.Within("supertonic");

    /// <inheritdoc/>
    public bool SpeaksAtRate(string language) => true;

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) =>
        (await _files.GetAsync(ct)).Missing.Count > 0 ? new HashSet<string>() : Languages();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OfferedVoice>> VoicesAsync(string language, CancellationToken ct) =>
    [
        .. (await LanguagesAsync(ct)).Contains(language)
            ? (await _files.GetAsync(ct)).Voices.Keys.OrderByDescending(name => name == _options.Voices.GetValueOrDefault(language))
                .Select(name => new OfferedVoice(name, null, SupertonicFiles.GenderOf(name)))
            : [],
    ];

    /// <inheritdoc/>
    /// <remarks>
    /// The noise that speech is made of is drawn by the text and the voice: the same text sounds the same again, at the same rate and on
    /// the same machine. A text of which the model knows no letter becomes a tenth of a second of silence.
    /// </remarks>
    /// <exception cref="PermanentDubException">There is no such voice (<c>voice_unknown</c>).</exception>
    /// <exception cref="TransientDubException">Its process broke off.</exception>
    public async Task<string> SpeakAsync(SpeechRequest request, string wavPath, CancellationToken ct)
    {
        var files = await _files.GetAsync(ct);
        var voice = request.Voice ?? _options.Voices.GetValueOrDefault(request.Language) ?? files.Voices.Keys.FirstOrDefault("");
        if (files.Missing.Count > 0 || !Languages().Contains(request.Language) || !files.Voices.TryGetValue(voice, out var style))
            throw new PermanentDubException(
                FailureCode.VoiceUnknown, $"{Name} has no such voice for {LanguageCode.EnglishName(request.Language)}.");
        var chunks = SupertonicText.Chunks(request.Text, request.Language);
        if (chunks.Count == 0)
            await SpeechFile.WriteSilenceAsync(wavPath, ct);
        else
            await SpeechFile.WriteAsync(Name, wavPath, path => SpeakAsync(files, style, chunks, request.Rate, path, ct));
        return voice;
    }

    /// <inheritdoc/>
    public async Task<EngineCheck> CheckAsync(CancellationToken ct)
    {
        var files = SupertonicFiles.Scan(Folder);
        if (Folder is not { } folder || (_options.ModelDirectory is null && !Directory.Exists(folder)))
            return EngineCheck.NotConfigured(Name, Bring);
        if (files.Missing.Count > 0)
            return new EngineCheck(Name, false, null, [], $"{folder} has no {string.Join(", no ", files.Missing)}; {Bring}");
        using var scratch = new ToolFolder();
        try
        {
            // It loads its model for that, and says nothing.
            await AskAsync(files, files.Voices.Values.First(), [], 1, Path.Combine(scratch.Path, "none.wav"), ct);
            return new EngineCheck(Name, true, null, [.. files.Voices.Keys], $"speaks {Languages().Count} languages");
        }
        catch (NativeEngineException e)
        {
            return EngineCheck.Broken(Name, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private async Task SpeakAsync(
        SupertonicFiles files, string style, IReadOnlyList<string> chunks, double rate, string path, CancellationToken ct)
    {
        try
        {
            var speed = Math.Clamp(_options.Speed * rate, SlowestSpeed, FastestSpeed);
            if ((await AskAsync(files, style, chunks, speed, path, ct)).Samples == 0)
                await SpeechFile.WriteSilenceAsync(path, ct);
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

    private Task<SupertonicAnswer> AskAsync(
        SupertonicFiles files, string style, IReadOnlyList<string> chunks, double speed, string path, CancellationToken ct)
    {
        var known = _models.Of(Name).SelectMany(m => m.Hashes).ToDictionary();
        var hashes = SupertonicFiles.Loaded.Select(name => known.GetValueOrDefault(Path.GetFullPath(Path.Combine(files.Model, name))));
        var launch = new EngineLaunch(SupertonicModel.Kind, files.Model, string.Join(',', hashes))
        {
            MemoryBytes = SupertonicModel.MemoryBytes,
        };
        var ask = new SupertonicAsk(chunks, style, known.GetValueOrDefault(style), speed, _options.Steps, path);
        return _engines.Of(launch).AskAsync<SupertonicAnswer>(ask, null, ct);
    }

    // Those that its makers name for the version that the catalogue has.
    private HashSet<string> Languages() => [.. _models.Catalogue.Models.Where(m => m.Engine == Name).SelectMany(m => m.Languages)];
}
