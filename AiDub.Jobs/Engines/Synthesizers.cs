using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.Checking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines;

/// <summary>The voices of <c>Engines:Synthesizer</c>.</summary>
public sealed class Synthesizers(IEnumerable<ISynthesizer> engines, IOptions<EnginesOptions> options, ILogger<Synthesizers>? log = null)
{
    /// <summary>In order of preference; each asked again when its answers cannot be right.</summary>
    public IReadOnlyList<ISynthesizer> InOrder { get; } =
    [
        .. EngineOrder.Of(engines, options.Value.Synthesizer, e => e.Name, nameof(EnginesOptions.Synthesizer))
            .Select(engine => new CheckedSynthesizer(engine, log ?? (ILogger)NullLogger.Instance)),
    ];

    /// <summary>The first that speaks a language (ISO 639-1), or null when none does.</summary>
    public async Task<ISynthesizer?> ForAsync(string language, CancellationToken ct) => (await AllForAsync(language, ct)).FirstOrDefault();

    /// <summary>All that speak a language (ISO 639-1), in order of preference.</summary>
    public async Task<IReadOnlyList<ISynthesizer>> AllForAsync(string language, CancellationToken ct)
    {
        var able = new List<ISynthesizer>();
        foreach (var engine in InOrder)
        {
            if ((await engine.LanguagesAsync(ct)).Contains(language))
                able.Add(engine);
        }
        return able;
    }
}
