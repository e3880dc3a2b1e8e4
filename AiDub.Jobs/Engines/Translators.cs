using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.Checking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines;

/// <summary>The translators of <c>Engines:Translator</c>.</summary>
public sealed class Translators(IEnumerable<ITranslator> engines, IOptions<EnginesOptions> options, ILogger<Translators>? log = null)
{
    /// <summary>In order of preference; each asked again when its answers cannot be right.</summary>
    public IReadOnlyList<ITranslator> InOrder { get; } =
    [
        .. EngineOrder.Of(engines, options.Value.Translator, e => e.Name, nameof(EnginesOptions.Translator))
            .Select(engine => new CheckedTranslator(engine, log ?? (ILogger)NullLogger.Instance)),
    ];

    /// <summary>The first that translates between two languages (ISO 639-1), or null when none does.</summary>
    public async Task<ITranslator?> ForAsync(string from, string to, CancellationToken ct) =>
        (await AllForAsync(from, to, ct)).FirstOrDefault();

    /// <summary>All that translate between two languages (ISO 639-1), in order of preference.</summary>
    public async Task<IReadOnlyList<ITranslator>> AllForAsync(string from, string to, CancellationToken ct)
    {
        var able = new List<ITranslator>();
        foreach (var engine in InOrder)
        {
            if ((await engine.TargetsAsync(from, ct)).Contains(to))
                able.Add(engine);
        }
        return able;
    }
}
