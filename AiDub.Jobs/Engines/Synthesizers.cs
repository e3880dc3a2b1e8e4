using AiDub.Domain.Ports;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines;

/// <summary>The voices of <c>Engines:Synthesizer</c>.</summary>
public sealed class Synthesizers(IEnumerable<ISynthesizer> engines, IOptions<EnginesOptions> options)
{
    /// <summary>In order of preference.</summary>
    public IReadOnlyList<ISynthesizer> InOrder { get; } = EngineOrder.Of(engines, options.Value.Synthesizer, e => e.Name, nameof(EnginesOptions.Synthesizer));

    /// <summary>The first that speaks a language (ISO 639-1), or null when none does.</summary>
    public async Task<ISynthesizer?> ForAsync(string language, CancellationToken ct)
    {
        foreach (var engine in InOrder)
        {
            if ((await engine.LanguagesAsync(ct)).Contains(language))
                return engine;
        }
        return null;
    }
}
