using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Tools;
using CliWrap;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.Espeak;

/// <summary>Speaks with eSpeak NG.</summary>
public sealed class EspeakSynthesizer : ISynthesizer, IDisposable
{
    private const int Slowest = 80;
    private const int Fastest = 450;
    private readonly ToolRunner _tools;
    private readonly EspeakOptions _options;
    private readonly InstalledLanguages<EspeakVoices> _voices;

    /// <summary>A synthesiser with the voices that are installed when it is first asked.</summary>
    public EspeakSynthesizer(ToolRunner tools, IOptions<EspeakOptions> options, TimeProvider clock, ILogger<EspeakSynthesizer> log)
    {
        (_tools, _options) = (tools, options.Value);
        _voices = new InstalledLanguages<EspeakVoices>(_options.Executable, ListAsync, EspeakVoices.Parse("", ""), clock, log);
    }

    /// <inheritdoc/>
    public string Name => EspeakOptions.Section;

    /// <inheritdoc/>
    public bool SpeaksAtRate(string language) => true;

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) => (await _voices.GetAsync(ct)).Languages;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OfferedVoice>> VoicesAsync(string language, string? region, CancellationToken ct) =>
        (await _voices.GetAsync(ct)).Offer(language, _options.Voices.GetValueOrDefault(language), region);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OfferedVoice>> VoicesAsync(string language, CancellationToken ct) => VoicesAsync(language, null, ct);

    /// <inheritdoc/>
    /// <remarks>A text with nothing to say (<see cref="SpokenText.IsSpeakable"/>) becomes a tenth of a second of silence.</remarks>
    /// <exception cref="PermanentDubException">There is no such voice (<c>voice_unknown</c>).</exception>
    /// <exception cref="TransientDubException">The program broke off.</exception>
    public async Task<string> SpeakAsync(SpeechRequest request, string wavPath, CancellationToken ct)
    {
        var wanted = request.Voice ?? _options.Voices.GetValueOrDefault(request.Language);
        var voices = await _voices.GetAsync(ct);
        var voice = voices.Find(request.Language, wanted, request.Region)
            ?? throw new PermanentDubException(
                FailureCode.VoiceUnknown, $"{Name} has no such voice for {LanguageCode.EnglishName(request.Language)}.");
        var text = SpokenText.ToPlain(request.Text, request.Language);
        if (!SpokenText.IsSpeakable(text))
        {
            await SpeechFile.WriteSilenceAsync(wavPath, ct);
            return voice;
        }
        var speed = (int)Math.Clamp(Math.Round(_options.WordsPerMinute * request.Rate), Slowest, Fastest);
        await SpeechFile.WriteAsync(Name, wavPath, async path =>
        {
            await _tools.RunAsync(Command(voices.FileOf(voice), speed, text, path), ct);
            WavFile.StateLength(path);
        });
        return voice;
    }

    /// <inheritdoc/>
    public void Dispose() => _voices.Dispose();

    // Without -m markup is not interpreted; the text goes through standard input, so it cannot be taken for an option. It is not let write
    // the file itself: it would not say that the disk is full.
    private ToolCommand Command(string voice, int speed, string text, string path) => new(_options.Executable,
        ["-b", "1", "-v", voice, "-s", speed.ToString(CultureInfo.InvariantCulture), "-z", "--stdout", "--stdin"],
        Path.GetDirectoryName(path)!)
    {
        StandardInputText = text + "\n",
        StandardOutput = PipeTarget.ToFile(path),
        Timeout = TimeSpan.FromSeconds(_options.TimeoutSeconds),
    };

    private async Task<EspeakVoices> ListAsync(CancellationToken ct)
    {
        using var folder = new ToolFolder();
        return EspeakVoices.Parse(await ListAsync("--voices"), await ListAsync("--voices=variant"));

        async Task<string> ListAsync(string what)
        {
            var list = new ToolCommand(_options.Executable, [what], folder.Path) { Timeout = InstalledLanguages<EspeakVoices>.Patience };
            return (await _tools.RunAsync(list, ct)).StandardOutput;
        }
    }
}
