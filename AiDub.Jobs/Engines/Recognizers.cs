using AiDub.Domain.Ports;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines;

/// <summary>The recognisers of <c>Engines:Recognizer</c>.</summary>
public sealed class Recognizers(IEnumerable<IRecognizer> engines, IOptions<EnginesOptions> options)
{
    /// <summary>In order of preference.</summary>
    public IReadOnlyList<IRecognizer> InOrder { get; } = EngineOrder.Of(engines, options.Value.Recognizer, e => e.Name, nameof(EnginesOptions.Recognizer));

    /// <summary>The first that recognises a language (ISO 639-1; null: any, to detect it), or null when none does.</summary>
    public async Task<IRecognizer?> ForAsync(string? language, CancellationToken ct)
    {
        foreach (var engine in InOrder)
        {
            var languages = await engine.LanguagesAsync(ct);
            if (language is null ? languages.Count > 0 : languages.Contains(language))
                return engine;
        }
        return null;
    }
}
