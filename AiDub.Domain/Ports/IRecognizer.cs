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
