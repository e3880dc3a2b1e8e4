using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.Flite;

/// <summary>Speaks English with Flite.</summary>
public sealed class FliteSynthesizer : ISynthesizer, IDisposable
{
    private const string English = "en";
    private const double SlowestRate = 0.3;
    private const double FastestRate = 4;
    private static readonly IReadOnlySet<string> Languages = new HashSet<string> { English };
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    // Median pitches as SegmentVoice measures them over sixteen sentences. "kal" is left out: it is the same man as "kal16" at half the
    // bandwidth.
    private static readonly OfferedVoice[] Known =
    [
        new("rms", 102, Gender.Male), new("awb", 131, Gender.Male), new("kal16", 90, Gender.Male), new("slt", 172, Gender.Female),
    ];

    private readonly ToolRunner _tools;
    private readonly FliteOptions _options;
    private readonly InstalledLanguages<string[]> _voices;

    /// <summary>A synthesiser with the voices that are installed when it is first asked.</summary>
    public FliteSynthesizer(ToolRunner tools, IOptions<FliteOptions> options, TimeProvider clock, ILogger<FliteSynthesizer> log)
    {
        (_tools, _options) = (tools, options.Value);
        _voices = new InstalledLanguages<string[]>(_options.Executable, ListAsync, [], clock, log);
    }

    /// <inheritdoc/>
    public string Name => FliteOptions.Section;

    /// <inheritdoc/>
    public bool SpeaksAtRate(string language) => true;

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) =>
        (await _voices.GetAsync(ct)).Length > 0 ? Languages : None;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OfferedVoice>> VoicesAsync(string language, CancellationToken ct)
    {
        var installed = await _voices.GetAsync(ct);
        return language == English
            ? [.. Known.Where(v => installed.Contains(v.Name)).OrderByDescending(v => v.Name == _options.Voice)]
            : [];
    }

    /// <summary>Reads the output of <c>flite -lv</c>: <c>Voices available: kal awb rms slt</c>.</summary>
    internal static string[] ReadVoices(string listing) =>
        [.. listing.Split(':', 2)[^1].Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];

    /// <inheritdoc/>
    /// <remarks>A text with nothing to say in ASCII becomes a tenth of a second of silence.</remarks>
    /// <exception cref="PermanentDubException">There is no such voice (<c>voice_unknown</c>).</exception>
    /// <exception cref="TransientDubException">The program broke off.</exception>
    public async Task<string> SpeakAsync(SpeechRequest request, string wavPath, CancellationToken ct)
    {
        var voice = request.Voice ?? _options.Voice;
        if (request.Language != English || !(await _voices.GetAsync(ct)).Contains(voice))
            throw new PermanentDubException(
                FailureCode.VoiceUnknown, $"{Name} has no such voice for {LanguageCode.EnglishName(request.Language)}.");
        var text = FliteText.From(request.Text);
        if (SpokenText.IsSpeakable(text))
            await SpeechFile.WriteAsync(Name, wavPath, path => SpeakAsync(voice, request.Rate, text, path, ct));
        else
            await SpeechFile.WriteSilenceAsync(wavPath, ct);
        return voice;
    }

    /// <inheritdoc/>
    public void Dispose() => _voices.Dispose();

    // The text goes by a file: Flite takes an argument for a file's name or for text by whether it holds a space.
    private async Task SpeakAsync(string voice, double rate, string text, string path, CancellationToken ct)
    {
        var textFile = path + ".txt";
        try
        {
            await File.WriteAllTextAsync(textFile, text + "\n", ct);
            var stretch = (1 / Math.Clamp(rate, SlowestRate, FastestRate)).ToString("0.####", CultureInfo.InvariantCulture);
            await _tools.RunAsync(new ToolCommand(_options.Executable,
                ["-voice", voice, "--setf", $"duration_stretch={stretch}", "-f", textFile, "-o", path], Path.GetDirectoryName(path)!)
            {
                Timeout = TimeSpan.FromSeconds(_options.TimeoutSeconds),
            }, ct);
        }
        finally
        {
            File.Delete(textFile);
        }
    }

    private async Task<string[]> ListAsync(CancellationToken ct)
    {
        using var folder = new ToolFolder();
        var list = new ToolCommand(_options.Executable, ["-lv"], folder.Path) { Timeout = InstalledLanguages<string[]>.Patience };
        return ReadVoices((await _tools.RunAsync(list, ct)).StandardOutput);
    }
}
