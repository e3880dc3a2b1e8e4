using AiDub.Domain.Languages;
using AiDub.Domain.Speakers;

namespace AiDub.Domain.Ports;

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
