using AiDub.Domain.Audio;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Jobs.Media.Audio;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Engines.Checking;

/// <summary>A synthesiser whose sound can be the speech that it was asked for.</summary>
internal sealed class CheckedSynthesizer(ISynthesizer inner, ILogger log) : ISynthesizer
{
    public string Name => inner.Name;

    public bool SpeaksAtRate(string language) => inner.SpeaksAtRate(language);

    public bool ClonesVoices => inner.ClonesVoices;

    public Task<string> CloneAsync(VoiceSample sample, IEngineLedger ledger, CancellationToken ct) => inner.CloneAsync(sample, ledger, ct);

    public Task RemoveClonesAsync(Guid requestId, CancellationToken ct) => inner.RemoveClonesAsync(requestId, ct);

    public Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) => inner.LanguagesAsync(ct);

    public Task<IReadOnlyList<OfferedVoice>> VoicesAsync(string language, CancellationToken ct) => inner.VoicesAsync(language, ct);

    public Task<IReadOnlyList<OfferedVoice>> VoicesAsync(string language, string? region, CancellationToken ct) =>
        inner.VoicesAsync(language, region, ct);

    public Task<string> SpeakAsync(SpeechRequest request, string wavPath, CancellationToken ct) => Implausible.AskAsync(
        Name,
        request.Ledger,
        ledger => inner.SpeakAsync(request with { Ledger = ledger }, wavPath, ct),
        _ => FaultOf(request, wavPath),
        log);

    private static string? FaultOf(SpeechRequest request, string wavPath)
    {
        var speech = WavFile.Read(wavPath);
        return AnsweredAudio.FaultOf(speech.Samples, speech.SampleRate, request.Text, request.Language, request.Rate);
    }
}
