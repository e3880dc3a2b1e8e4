using AiDub.Api.Limits;
using AiDub.Domain.Errors;
using AiDub.Domain.Estimates;
using AiDub.Domain.Languages;
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
    private const string Recognizer = "recognizer";

    private readonly UserSlots _slots = new(options.Value.MaxPerUser);

    /// <summary>The estimate of a dub; null when the user has as many running as may be.</summary>
    /// <exception cref="PermanentDubException">The source cannot be dubbed, or no engine can do the languages.</exception>
    public async Task<EstimateAnswer?> EstimateAsync(long userId, EstimatedDub dub, CancellationToken ct)
    {
        using var slot = _slots.TryTake(userId);
        if (slot is null)
            return null;
        var engines = new List<(string To, Dictionary<string, string> By)>();
        foreach (var to in dub.To)
            engines.Add((to, await EnginesAsync(dub.From, to, ct)));
        var source = await meter.MeasureAsync(dub.Address, dub.From, dub.SourceAudio, ct);
        var waiting = (await turns.DepthAsync(clock.GetUtcNow(), ct)).Waiting;
        var recent = await paces.FindAsync(ct);
        var each = DubEstimate.ExpectedSeconds(source, recent.Paces);
        // The queue is asked synchronously.
        var workers = await Task.Run(fleet.Workers, ct);
        return new EstimateAnswer
        {
            DurationSeconds = Math.Round(source.DurationSeconds, 3),
            SpeechSeconds = Math.Round(source.SpeechSeconds, 2),
            Segments = source.Segments,
            Characters = DubEstimate.Characters(source),
            ExpectedSeconds = Math.Round(each * engines.Count, 1),
            QueueSeconds = Math.Round(DubEstimate.QueueSeconds(waiting, recent.TypicalSeconds, workers), 1),
            // What is heard is found out once.
            Cost = Cost(engines.SelectMany((one, i) => i == 0 ? one.By.Values : OfItsOwn(one.By)), source),
            Engines = engines[0].By,
            Languages = engines.Count == 1
                ? null
                : [.. engines.Select(one => new LanguageEstimate(one.To, Math.Round(each, 1), Cost(OfItsOwn(one.By), source), one.By))],
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private async Task<Dictionary<string, string>> EnginesAsync(string? from, string to, CancellationToken ct)
    {
        var recognizer = await recognizers.ForAsync(from, ct)
            ?? throw new PermanentDubException(FailureCode.FromLangUnsupported);
        var spoken = from ?? (await recognizer.LanguagesAsync(ct)).Order(StringComparer.Ordinal).FirstOrDefault(l => l == "en", "en");
        var synthesizer = await synthesizers.ForAsync(to, ct) ?? throw Unsupported(to);
        var engines = new Dictionary<string, string> { [Recognizer] = recognizer.Name };
        if (spoken != to)
            engines["translator"] = (await translators.ForAsync(spoken, to, ct) ?? throw Unsupported(to)).Name;
        engines["synthesizer"] = synthesizer.Name;
        return engines;

        // Which of several it is, is what one asks next.
        static PermanentDubException Unsupported(string to) =>
            new(FailureCode.ToLangUnsupported, $"No installed engine can dub into {LanguageCode.EnglishName(to)} ({to}).");
    }

    private static IEnumerable<string> OfItsOwn(Dictionary<string, string> engines) =>
        engines.Where(engine => engine.Key != Recognizer).Select(engine => engine.Value);

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
