using AiDub.Domain.Ports;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines;

/// <summary>The translators of <c>Engines:Translator</c>.</summary>
public sealed class Translators(IEnumerable<ITranslator> engines, IOptions<EnginesOptions> options)
{
    /// <summary>In order of preference.</summary>
    public IReadOnlyList<ITranslator> InOrder { get; } = EngineOrder.Of(engines, options.Value.Translator, e => e.Name, nameof(EnginesOptions.Translator));

    /// <summary>The first that translates between two languages (ISO 639-1), or null when none does.</summary>
    public async Task<ITranslator?> ForAsync(string from, string to, CancellationToken ct)
    {
        foreach (var engine in InOrder)
        {
            if ((await engine.TargetsAsync(from, ct)).Contains(to))
                return engine;
        }
        return null;
    }
}
