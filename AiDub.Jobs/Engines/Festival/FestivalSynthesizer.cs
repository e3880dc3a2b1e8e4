using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.Festival;

/// <summary>Speaks with the voices of Festival.</summary>
internal sealed class FestivalSynthesizer : ISynthesizer, ICheckedEngine, IDisposable
{
    private const double SlowestRate = 0.3;
    private const double FastestRate = 4;
    private const long MemoryBytes = 4L << 30;
    private const string Packages = "apt-get install festival festvox-ca-ona-hts festvox-ru brings them";
    private readonly ToolRunner _tools;
    private readonly FestivalOptions _options;
    private readonly InstalledLanguages<FestivalVoice[]> _voices;

    /// <summary>A synthesiser with the voices that are installed when it is first asked.</summary>
    public FestivalSynthesizer(ToolRunner tools, IOptions<FestivalOptions> options, TimeProvider clock, ILogger<FestivalSynthesizer> log)
    {
        (_tools, _options) = (tools, options.Value);
        _voices = new InstalledLanguages<FestivalVoice[]>(_options.Executable, ListAsync, [], clock, log);
    }

    /// <inheritdoc/>
    public string Name => FestivalOptions.Section;

    /// <inheritdoc/>
    public bool SpeaksAtRate(string language) => Of(FestivalVoice.Known, language).Any(v => v.SpeaksAtRate);

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) =>
        (await _voices.GetAsync(ct)).Select(v => v.Language).ToHashSet();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OfferedVoice>> VoicesAsync(string language, CancellationToken ct) =>
        [.. Of(await _voices.GetAsync(ct), language).Select(v => new OfferedVoice(v.Name, v.PitchHz, v.Gender))];

    /// <inheritdoc/>
    /// <remarks>A text of which the voice knows nothing becomes a tenth of a second of silence.</remarks>
    /// <exception cref="PermanentDubException">There is no such voice (<c>voice_unknown</c>).</exception>
    /// <exception cref="TransientDubException">The program broke off.</exception>
    public async Task<string> SpeakAsync(SpeechRequest request, string wavPath, CancellationToken ct)
    {
        var voice = Of(await _voices.GetAsync(ct), request.Language).FirstOrDefault(v => request.Voice is null || v.Name == request.Voice)
            ?? throw new PermanentDubException(
                FailureCode.VoiceUnknown, $"{Name} has no such voice for {LanguageCode.EnglishName(request.Language)}.");
        var text = FestivalText.From(request.Text, voice);
        if (SpokenText.IsSpeakable(text))
            await SpeechFile.WriteAsync(Name, wavPath, path => SpeakAsync(voice, request.Rate, text, path, ct));
        else
            await SpeechFile.WriteSilenceAsync(wavPath, ct);
        return voice.Name;
    }

    /// <inheritdoc/>
    public async Task<EngineCheck> CheckAsync(CancellationToken ct)
    {
        if (!InstalledTool.IsThere(_options.Executable))
            return EngineCheck.NotConfigured(Name, $"{_options.Executable} is not installed; {Packages}");
        // At a start it is asked for its languages too; only one that says nothing is asked again, for why.
        var voices = await _voices.GetAsync(ct) is { Length: > 0 } known ? known : await ListAsync(ct);
        return voices.Length == 0
            ? EngineCheck.NotConfigured(Name, $"it has no voice of Catalan or Russian; {Packages}")
            : new EngineCheck(Name, true, null, [.. voices.Select(v => v.Name)], "");
    }

    /// <inheritdoc/>
    public void Dispose() => _voices.Dispose();

    /// <summary>
    /// Reads what it says its voices are, <c>(upc_ca_ona_hts msu_ru_nsh_clunits)</c>; those that are not known are passed over.
    /// </summary>
    internal static FestivalVoice[] ReadVoices(string listing)
    {
        var names = listing.Split((char[])['(', ')', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return [.. FestivalVoice.Known.Where(v => names.Contains(v.Name))];
    }

    // All that is read as Scheme stands here; the text is a file in a folder of its own. Each utterance becomes a file.
    private async Task SpeakAsync(FestivalVoice voice, double rate, string text, string path, CancellationToken ct)
    {
        using var folder = new ToolFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "text.txt"), text + "\n", voice.Encoding, ct);
        var pace = Math.Clamp(rate, SlowestRate, FastestRate).ToString("0.####", CultureInfo.InvariantCulture);
        await RunAsync(
            folder,
            TimeSpan.FromSeconds(_options.TimeoutSeconds),
            ct,
            [],
            $"(voice_{voice.Name})",
            // The rate of hts_engine, which passes over Festival's Duration_Stretch; voices that are no models pass over both.
            $"(set! hts_engine_params (append hts_engine_params (list (list \"-r\" {pace}))))",
            "(define spoken 0)",
            "(define (keep utt) (set! spoken (+ 1 spoken)) (utt.save.wave utt (format nil \"%d.wav\" spoken) 'riff) utt)",
            "(set! tts_hooks (list utt.synth keep))",
            "(tts_file \"text.txt\" nil)");
        await JoinAsync(folder.Path, path, ct);
    }

    // Letters that have no sound, such as a Russian soft sign alone, make none.
    private static async Task JoinAsync(string folder, string path, CancellationToken ct)
    {
        var (rate, sound) = (0, new List<short>());
        for (var i = 1; File.Exists(Path.Combine(folder, $"{i}.wav")); i++)
        {
            var part = WavFile.Read(Path.Combine(folder, $"{i}.wav"));
            rate = part.SampleRate;
            sound.AddRange(part.Samples);
        }
        if (sound.Count == 0)
            await SpeechFile.WriteSilenceAsync(path, ct);
        else
            await new WavFile(rate, [.. sound]).WriteAsync(path, ct);
    }

    private async Task<FestivalVoice[]> ListAsync(CancellationToken ct)
    {
        using var folder = new ToolFolder();
        var patience = InstalledLanguages<FestivalVoice[]>.Patience;
        // Of the ten million cells that it else lays out before it says a word, its own programs fill a few hundred thousand.
        return ReadVoices((await RunAsync(folder, patience, ct, ["--heap", "1000000"], "(print (voice.list))")).StandardOutput);
    }

    // It loads what ~/.festivalrc says: the home is the folder.
    private Task<ToolResult> RunAsync(
        ToolFolder folder, TimeSpan timeout, CancellationToken ct, IReadOnlyList<string> options, params string[] scheme) =>
        _tools.RunAsync(
            new ToolCommand(_options.Executable, [.. options, "--batch", .. scheme], folder.Path)
            {
                Timeout = timeout,
                MemoryBytes = MemoryBytes,
                Environment = new Dictionary<string, string?> { ["HOME"] = folder.Path },
            },
            ct);

    private static IEnumerable<FestivalVoice> Of(IEnumerable<FestivalVoice> voices, string language) =>
        voices.Where(v => v.Language == language);
}
