using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;

namespace AiDub.Domain.Ports;

/// <summary>Turns speech into text.</summary>
public interface IRecognizer
{
    /// <summary>The engine's name, as <c>Engines:Recognizer</c> and the report spell it.</summary>
    string Name { get; }

    /// <summary>The languages it can recognise, as ISO 639-1; empty when it is not installed.</summary>
    Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct);

    /// <summary>Begins what does not need the recording, such as to load models, while that is still being made; null: nothing.</summary>
    /// <param name="scratch">A folder of this attempt's own for files on the way.</param>
    /// <param name="ct">Ends it, and every process it started.</param>
    /// <returns>What goes into one request as <see cref="RecognitionRequest.Begun"/>, and is disposed of afterwards or instead.</returns>
    IAsyncDisposable? Begin(string scratch, CancellationToken ct) => null;

    /// <summary>Recognises a 16 kHz mono WAV file.</summary>
    /// <param name="request">What to recognise.</param>
    /// <param name="progress">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the work and every process it started.</param>
    Task<Transcript> RecognizeAsync(RecognitionRequest request, IProgress<double> progress, CancellationToken ct);
}

/// <summary>What to recognise.</summary>
/// <param name="AudioPath">A 16 kHz mono 16-bit WAV file.</param>
/// <param name="Language">The spoken language as ISO 639-1; null to detect it.</param>
/// <param name="Scratch">A folder of this attempt's own for files on the way.</param>
public sealed record RecognitionRequest(string AudioPath, string? Language, string Scratch)
{
    /// <summary>What the engine has begun for this request alone; null: nothing.</summary>
    public IAsyncDisposable? Begun { get; init; }

    /// <summary>Where somebody speaks, in order: nothing is to be heard elsewhere; null when it is not known.</summary>
    public IReadOnlyList<AudioSpan>? Speech { get; init; }

    /// <summary>Where finished parts are kept and what is spent is counted.</summary>
    public IEngineLedger Ledger { get; init; } = NoLedger.Instance;
}

/// <summary>Finds where somebody speaks, whatever is said.</summary>
public interface ISpeechFinder
{
    /// <summary>The stretches of a 16 kHz mono WAV file in which somebody speaks, in order; null when nothing here can tell.</summary>
    /// <param name="wav">The file.</param>
    /// <param name="progress">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="Errors.TransientDubException">What could tell did not work.</exception>
    Task<IReadOnlyList<AudioSpan>?> FindAsync(string wav, IProgress<double>? progress, CancellationToken ct);
}

/// <summary>Tells what sounds in a recording from the voices in it.</summary>
public interface ISourceSeparator
{
    /// <summary>The rate of the sound that it takes and makes, in Hz.</summary>
    const int SampleRate = 44100;

    /// <summary>How many channels the sound has that it takes and makes.</summary>
    const int Channels = 2;

    /// <summary>The engine's name, as the report spells it.</summary>
    string Name { get; }

    /// <summary>Whether it can be asked: it needs a model.</summary>
    bool IsInstalled { get; }

    /// <summary>Why it is not asked at present though it is installed, for a user; null: it is.</summary>
    string? LeftOut => null;

    /// <summary>Writes a recording without its voices. Files hold 32-bit floats, full scale at ±1, left and right interleaved.</summary>
    /// <param name="recording">The recording, at <see cref="SampleRate"/>.</param>
    /// <param name="background">The file to write, as long as the recording.</param>
    /// <param name="progress">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="TransientDubException">It broke off.</exception>
    Task SeparateAsync(string recording, string background, IProgress<double> progress, CancellationToken ct);
}

/// <summary>Turns text into another language.</summary>
public interface ITranslator
{
    /// <summary>The engine's name, as <c>Engines:Translator</c> and the report spell it.</summary>
    string Name { get; }

    /// <summary>The languages that <paramref name="from"/> can be translated into, as ISO 639-1; empty when there are none.</summary>
    Task<IReadOnlySet<string>> TargetsAsync(string from, CancellationToken ct);

    /// <summary>Whether <see cref="TranslationRequest.Seconds"/> makes its texts shorter or longer.</summary>
    bool KeepsToLength => false;

    /// <summary>
    /// How good its translations from one language into another are, both as ISO 639-1; only asked for what <see cref="TargetsAsync"/>
    /// offers.
    /// </summary>
    Task<TranslationQuality> QualityAsync(string from, string to, CancellationToken ct) => Task.FromResult(TranslationQuality.Standard);

    /// <summary>Translates every text on its own.</summary>
    Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct);
}

/// <summary>What to translate.</summary>
/// <param name="From">The language of the texts as ISO 639-1.</param>
/// <param name="To">The language wanted as ISO 639-1.</param>
/// <param name="Texts">One or more sentences each.</param>
public sealed record TranslationRequest(string From, string To, IReadOnlyList<string> Texts)
{
    /// <summary>The region whose usage is wanted, as <see cref="LanguageTag.Region"/>; engines that know none of it ignore it.</summary>
    public string? Region { get; init; }

    /// <summary>Where finished parts are kept and what is spent is counted.</summary>
    public IEngineLedger Ledger { get; init; } = NoLedger.Instance;

    /// <summary>
    /// How long each text was spoken for, in seconds, so that its translation can be as long; null when it does not matter.
    /// </summary>
    public IReadOnlyList<double>? Seconds { get; init; }
}

/// <summary>What a translator made.</summary>
/// <param name="Texts">As many as were asked for, in the same order.</param>
/// <param name="Route">The languages on the way, ends included: <c>en, es, pt</c>.</param>
public sealed record TranslatedTexts(IReadOnlyList<string> Texts, IReadOnlyList<string> Route)
{
    /// <summary>How good it is: that of the worst part of the route.</summary>
    public TranslationQuality Quality { get; init; } = TranslationQuality.Standard;

    /// <summary>What the user should know of the translation.</summary>
    public IReadOnlyList<DubWarning> Warnings { get; init; } = [];
}

/// <summary>Turns text into speech.</summary>
public interface ISynthesizer
{
    /// <summary>The engine's name, as <c>Engines:Synthesizer</c> and the report spell it.</summary>
    string Name { get; }

    /// <summary>The languages it can speak, as ISO 639-1; empty when it is not installed.</summary>
    Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct);

    /// <summary>
    /// The voices to choose from for a language (ISO 639-1), the one that a request without a voice gets first; empty when nothing is known
    /// of them.
    /// </summary>
    Task<IReadOnlyList<OfferedVoice>> VoicesAsync(string language, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<OfferedVoice>>([]);

    /// <summary>
    /// The voices for a language as <paramref name="region"/> (<see cref="LanguageTag.Region"/>; null: any) speaks it; those for the
    /// language where none is known.
    /// </summary>
    Task<IReadOnlyList<OfferedVoice>> VoicesAsync(string language, string? region, CancellationToken ct) => VoicesAsync(language, ct);

    /// <summary>
    /// Whether <see cref="SpeechRequest.Rate"/> is spoken natively in a language (ISO 639-1): it sounds better than stretching.
    /// </summary>
    bool SpeaksAtRate(string language) => false;

    /// <summary>Whether it can speak in the voice of somebody of whom there is a recording.</summary>
    bool ClonesVoices => false;

    /// <summary>Makes a voice of a recording; done again for the same dub and speaker, it is the same one.</summary>
    /// <param name="sample">The recording.</param>
    /// <param name="ledger">Where it is counted what that costs.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>What to ask for as <see cref="SpeechRequest.Voice"/>, together with the same <see cref="SpeechRequest.Sample"/>.</returns>
    Task<string> CloneAsync(VoiceSample sample, IEngineLedger ledger, CancellationToken ct) =>
        throw new NotSupportedException($"{Name} cannot make a voice of a recording.");

    /// <summary>Removes the voices that were made for a dub; it is no error when there are none.</summary>
    Task RemoveClonesAsync(Guid requestId, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Speaks a text into a WAV file and returns the voice it used.</summary>
    /// <param name="request">What to speak.</param>
    /// <param name="wavPath">The file to write: 16-bit PCM WAV, any rate, mono.</param>
    /// <param name="ct">Ends the work and every process it started.</param>
    Task<string> SpeakAsync(SpeechRequest request, string wavPath, CancellationToken ct);
}

/// <summary>What to speak.</summary>
/// <param name="Text">Plain text; never empty.</param>
/// <param name="Language">Its language as ISO 639-1.</param>
/// <param name="Voice">The voice by the engine's own name; null for the language's default.</param>
/// <param name="Rate">How fast, as a multiple of the voice's own rate; engines that cannot do it natively ignore it.</param>
public sealed record SpeechRequest(string Text, string Language, string? Voice = null, double Rate = 1)
{
    /// <summary>The recording that <see cref="Voice"/> was made of, a mono WAV file; null: it is a voice of the engine's own.</summary>
    public string? Sample { get; init; }

    /// <summary>The region whose accent is wanted, as <see cref="LanguageTag.Region"/>; engines that know none of it ignore it.</summary>
    public string? Region { get; init; }

    /// <summary>Where finished parts are kept and what is spent is counted.</summary>
    public IEngineLedger Ledger { get; init; } = NoLedger.Instance;
}

/// <summary>What a voice is made of.</summary>
/// <param name="RequestId">The dub that it is for.</param>
/// <param name="Speaker">Who speaks, such as <c>S1</c>.</param>
/// <param name="WavPath">Mono 16-bit WAV of 3 to 30 seconds in which nobody else speaks.</param>
public sealed record VoiceSample(Guid RequestId, string Speaker, string WavPath);
