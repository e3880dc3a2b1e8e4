using System.Text.Json;
using AiDub.Domain.Languages;

namespace AiDub.Jobs.Engines.LibreTranslate;

/// <summary>The directions that a server has, by ISO 639-1, and what it calls the languages (<c>zh-Hans</c> for <c>zh</c>).</summary>
internal sealed class ServerLanguages
{
    private readonly Dictionary<string, (string Own, HashSet<string> Targets)> _sources = [];
    private readonly Dictionary<string, string> _names = [];

    /// <summary>No directions.</summary>
    public static ServerLanguages None { get; } = new();

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _sources.Count == 0;

    /// <summary>The server's own names.</summary>
    public IReadOnlyList<string> Names => [.. _names.Values.Order(StringComparer.Ordinal)];

    /// <summary>Reads the answer of <c>/languages</c>. Older servers list no targets: any language leads to any other.</summary>
    public static ServerLanguages Read(JsonElement root)
    {
        var languages = new ServerLanguages();
        var listed = root.EnumerateArray().Select(l => (Own: l.GetProperty("code").GetString() ?? "", Targets: Targets(l))).ToArray();
        var all = listed.Select(l => l.Own).ToArray();
        foreach (var (own, targets) in listed)
        {
            // Of several names for one language, such as pt and pt-BR, the plain one, else the first.
            if (!LanguageCode.TryParse(own, out var code)
                || (languages._sources.TryGetValue(code, out var known) && known.Own.Length <= own.Length))
                continue;
            languages._sources[code] = (own, [.. targets ?? all]);
        }
        foreach (var own in languages._sources.Values.SelectMany(s => s.Targets).Concat(all).Distinct())
        {
            if (LanguageCode.TryParse(own, out var code)
                && !(languages._names.TryGetValue(code, out var name) && name.Length <= own.Length))
                languages._names[code] = own;
        }
        return languages;
    }

    /// <summary>Where a language can be translated to.</summary>
    public IReadOnlySet<string> TargetsOf(string from) => _sources.TryGetValue(from, out var source)
        ? _names.Where(n => n.Key != from && source.Targets.Contains(n.Value)).Select(n => n.Key).ToHashSet()
        : [];

    /// <summary>The server's name for a language.</summary>
    public string NameOf(string code) => _names.GetValueOrDefault(code, code);

    private static IEnumerable<string>? Targets(JsonElement language) =>
        language.TryGetProperty("targets", out var targets) && targets.ValueKind == JsonValueKind.Array
            ? targets.EnumerateArray().Select(t => t.GetString() ?? "").ToArray()
            : null;
}
