namespace AiDub.Jobs.Engines;

/// <summary>Which languages the installed engines can dub from and into.</summary>
public sealed class LanguageSupport(Recognizers recognizers, Translators translators, Synthesizers synthesizers)
{
    /// <summary>The languages that can be recognised, as ISO 639-1.</summary>
    public async Task<IReadOnlySet<string>> SourcesAsync(CancellationToken ct)
    {
        var sources = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var engine in recognizers.InOrder)
            sources.UnionWith(await engine.LanguagesAsync(ct));
        return sources;
    }

    /// <summary>The languages that <paramref name="from"/> (null: any source language) can be dubbed into, in order. The source's own is one of them.</summary>
    public async Task<IReadOnlyList<string>> TargetsAsync(string? from, CancellationToken ct)
    {
        var sources = from is null ? await SourcesAsync(ct) : new HashSet<string> { from };
        var targets = new SortedSet<string>(sources, StringComparer.Ordinal);
        foreach (var source in sources)
        {
            foreach (var engine in translators.InOrder)
                targets.UnionWith(await engine.TargetsAsync(source, ct));
        }
        targets.IntersectWith(await SpokenAsync(ct));
        return [.. targets];
    }

    /// <summary>The languages that can be spoken, as ISO 639-1: what a dub whose translation is given can be dubbed into.</summary>
    public async Task<IReadOnlySet<string>> SpokenAsync(CancellationToken ct)
    {
        var spoken = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var engine in synthesizers.InOrder)
            spoken.UnionWith(await engine.LanguagesAsync(ct));
        return spoken;
    }
}
