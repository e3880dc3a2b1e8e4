using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Audio;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Engines.Checking;

/// <summary>A recogniser whose transcripts can be of the sound that it was given.</summary>
internal sealed class CheckedRecognizer(IRecognizer inner, ILogger log) : IRecognizer
{
    public string Name => inner.Name;

    public Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) => inner.LanguagesAsync(ct);

    public IAsyncDisposable? Begin(string scratch, CancellationToken ct) => inner.Begin(scratch, ct);

    public Task<Transcript> RecognizeAsync(RecognitionRequest request, IProgress<double> progress, CancellationToken ct)
    {
        // For one request: an engine that is asked again begins anew.
        var begun = request.Begun;
        return Implausible.AskAsync(
        Name,
        request.Ledger,
        ledger => inner.RecognizeAsync(request with { Ledger = ledger, Begun = Interlocked.Exchange(ref begun, null) }, progress, ct),
        transcript => AnsweredTimes.FaultOf(transcript, Seconds(request.AudioPath)),
        log);
    }

    private static double Seconds(string path)
    {
        using var wav = WavReader.Open(path);
        return wav.Seconds;
    }
}
