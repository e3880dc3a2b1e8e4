using AiDub.Domain.Ports;

namespace AiDub.Jobs.Engines;

/// <summary>Which languages the installed engines can dub from and into.</summary>
public sealed class LanguageSupport(IRecognizer recognizer, ITranslator translator, ISynthesizer synthesizer)
{
    /// <summary>The languages that can be recognised, as ISO 639-1.</summary>
    public Task<IReadOnlySet<string>> SourcesAsync(CancellationToken ct) => recognizer.LanguagesAsync(ct);

    /// <summary>The languages that <paramref name="from"/> (null: any source language) can be dubbed into, in order. The source's own is one of them.</summary>
    public async Task<IReadOnlyList<string>> TargetsAsync(string? from, CancellationToken ct)
    {
        var sources = from is null ? await SourcesAsync(ct) : new HashSet<string> { from };
        var spoken = await synthesizer.LanguagesAsync(ct);
        var targets = new SortedSet<string>(sources, StringComparer.Ordinal);
        foreach (var source in sources)
            targets.UnionWith(await translator.TargetsAsync(source, ct));
        targets.IntersectWith(spoken);
        return [.. targets];
    }
}
