using AiDub.Api.Limits;
using AiDub.Domain.Errors;
using AiDub.Domain.Estimates;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Estimates;
using AiDub.Jobs.Queueing;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Estimates;

/// <summary>Estimates what a dub would take and cost; of one user a few at a time.</summary>
internal sealed class Estimator(
    SourceMeter meter,
    RecentPaces paces,
    IDubTurns turns,
    Recognizers recognizers,
    Translators translators,
    Synthesizers synthesizers,
    IConfiguration configuration,
    FleetSize fleet,
    IOptions<EstimateOptions> options,
    TimeProvider clock)
    : IDisposable
{
    private readonly UserSlots _slots = new(options.Value.MaxPerUser);

    /// <summary>The estimate of a dub; null when the user has as many running as may be.</summary>
    /// <exception cref="PermanentDubException">The source cannot be dubbed, or no engine can do the languages.</exception>
    public async Task<EstimateAnswer?> EstimateAsync(long userId, EstimatedDub dub, CancellationToken ct)
    {
        using var slot = _slots.TryTake(userId);
        if (slot is null)
            return null;
        var engines = await EnginesAsync(dub.From, dub.To, ct);
        var source = await meter.MeasureAsync(dub.Address, dub.From, dub.SourceAudio, ct);
        var waiting = (await turns.DepthAsync(clock.GetUtcNow(), ct)).Waiting;
        var recent = await paces.FindAsync(ct);
        // The queue is asked synchronously.
        var workers = await Task.Run(fleet.Workers, ct);
        return new EstimateAnswer
        {
            DurationSeconds = Math.Round(source.DurationSeconds, 3),
            SpeechSeconds = Math.Round(source.SpeechSeconds, 2),
            Segments = source.Segments,
            Characters = DubEstimate.Characters(source),
            ExpectedSeconds = Math.Round(DubEstimate.ExpectedSeconds(source, recent.Paces), 1),
            QueueSeconds = Math.Round(DubEstimate.QueueSeconds(waiting, recent.TypicalSeconds, workers), 1),
            Cost = Cost(engines.Values, source),
            Engines = engines,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private async Task<Dictionary<string, string>> EnginesAsync(string? from, string to, CancellationToken ct)
    {
        var recognizer = await recognizers.ForAsync(from, ct)
            ?? throw new PermanentDubException(FailureCode.FromLangUnsupported);
        var spoken = from ?? (await recognizer.LanguagesAsync(ct)).Order(StringComparer.Ordinal).FirstOrDefault(l => l == "en", "en");
        var synthesizer = await synthesizers.ForAsync(to, ct) ?? throw Unsupported();
        var engines = new Dictionary<string, string> { ["recognizer"] = recognizer.Name };
        if (spoken != to)
            engines["translator"] = (await translators.ForAsync(spoken, to, ct) ?? throw Unsupported()).Name;
        engines["synthesizer"] = synthesizer.Name;
        return engines;

        static PermanentDubException Unsupported() => new(FailureCode.ToLangUnsupported);
    }

    private CostAnswer? Cost(IEnumerable<string> engines, SourceMeasure source)
    {
        var costs = new Dictionary<string, decimal>();
        foreach (var engine in engines)
        {
            var section = configuration.GetSection($"Engines:{engine}");
            var price = new EnginePrice(
                section.GetValue<decimal?>("PricePerMinute"), section.GetValue<decimal?>("PricePerMillionCharacters"));
            if (DubEstimate.Cost(price, source.SpeechSeconds, DubEstimate.Characters(source)) is { } cost)
                costs[engine] = costs.GetValueOrDefault(engine) + cost;
        }
        return costs.Count == 0 ? null : new CostAnswer(options.Value.Currency, costs.Values.Sum(), costs);
    }
}
