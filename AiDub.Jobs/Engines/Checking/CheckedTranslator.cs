using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Engines.Checking;

/// <summary>A translator whose texts can be translations of what it was given.</summary>
internal sealed class CheckedTranslator(ITranslator inner, ILogger log) : ITranslator
{
    public string Name => inner.Name;

    public bool KeepsToLength => inner.KeepsToLength;

    public Task<IReadOnlySet<string>> TargetsAsync(string from, CancellationToken ct) => inner.TargetsAsync(from, ct);

    public Task<TranslationQuality> QualityAsync(string from, string to, CancellationToken ct) => inner.QualityAsync(from, to, ct);

    public Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct) => Implausible.AskAsync(
        Name,
        request.Ledger,
        ledger => inner.TranslateAsync(request with { Ledger = ledger }, ct),
        translated => AnsweredText.FaultOf(request.Texts, translated.Texts, request.To),
        log);
}
