using AiDub.Domain.Speech;

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

    /// <summary>
    /// The languages that <paramref name="from"/> (null: any source language) can be dubbed into, in order. The source's own is one of
    /// them.
    /// </summary>
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

    /// <summary>Everything that can be dubbed, with the engines that do it.</summary>
    public async Task<LanguageCatalogue> CatalogueAsync(CancellationToken ct)
    {
        var sources = new List<SourceLanguage>();
        foreach (var code in await SourcesAsync(ct))
            sources.Add(new SourceLanguage(code, await NamesAsync(recognizers.InOrder, e => e.Name, e => e.LanguagesAsync(ct), code)));
        var targets = new List<TargetLanguage>();
        foreach (var code in await TargetsAsync(null, ct))
        {
            var from = new List<TranslationOffer>();
            foreach (var source in sources)
            {
                if (await OfferAsync(source.Code, code, ct) is { } offer)
                    from.Add(offer);
            }
            if (from.Count > 0)
                targets.Add(
                    new TargetLanguage(code, from, await NamesAsync(synthesizers.InOrder, e => e.Name, e => e.LanguagesAsync(ct), code)));
        }
        return new LanguageCatalogue(sources, targets);
    }

    private async Task<TranslationOffer?> OfferAsync(string from, string to, CancellationToken ct)
    {
        if (from == to)
            return new TranslationOffer(from, [], TranslationQuality.Standard);
        return await translators.ForAsync(from, to, ct) is { } first
            ? new TranslationOffer(
                from,
                await NamesAsync(translators.InOrder, e => e.Name, e => e.TargetsAsync(from, ct), to),
                await first.QualityAsync(from, to, ct))
            : null;
    }

    private static async Task<IReadOnlyList<string>> NamesAsync<T>(
        IEnumerable<T> engines, Func<T, string> name, Func<T, Task<IReadOnlySet<string>>> languages, string code)
    {
        var names = new List<string>();
        foreach (var engine in engines)
        {
            if ((await languages(engine)).Contains(code))
                names.Add(name(engine));
        }
        return names;
    }
}
