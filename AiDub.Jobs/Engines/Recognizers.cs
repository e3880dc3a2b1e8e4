using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.Checking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines;

/// <summary>The recognisers of <c>Engines:Recognizer</c>.</summary>
public sealed class Recognizers(IEnumerable<IRecognizer> engines, IOptions<EnginesOptions> options, ILogger<Recognizers>? log = null)
{
    /// <summary>In order of preference; each asked again when its answers cannot be right.</summary>
    public IReadOnlyList<IRecognizer> InOrder { get; } =
    [
        .. EngineOrder.Of(engines, options.Value.Recognizer, e => e.Name, nameof(EnginesOptions.Recognizer))
            .Select(engine => new CheckedRecognizer(engine, log ?? (ILogger)NullLogger.Instance)),
    ];

    /// <summary>The first that recognises a language (ISO 639-1; null: any, to detect it), or null when none does.</summary>
    public async Task<IRecognizer?> ForAsync(string? language, CancellationToken ct) => (await AllForAsync(language, ct)).FirstOrDefault();

    /// <summary>All that recognise a language (ISO 639-1; null: any, to detect it), in order of preference.</summary>
    public async Task<IReadOnlyList<IRecognizer>> AllForAsync(string? language, CancellationToken ct)
    {
        var able = new List<IRecognizer>();
        foreach (var engine in InOrder)
        {
            var languages = await engine.LanguagesAsync(ct);
            if (language is null ? languages.Count > 0 : languages.Contains(language))
                able.Add(engine);
        }
        return able;
    }
}
