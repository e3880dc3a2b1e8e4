using AiDub.Domain.Languages;
using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines.Apertium;

/// <summary>An installed direction of translation.</summary>
/// <param name="Mode">Its name for Apertium: <c>eng-spa</c>, <c>es-pt_BR</c>.</param>
/// <param name="From">ISO 639-1.</param>
/// <param name="To">ISO 639-1.</param>
/// <param name="Folder">The folder of its data for <c>apertium -d</c>; null for Apertium's own.</param>
/// <param name="Quality">How good it is.</param>
/// <param name="Region">The region whose usage it follows, as ISO 3166-1; null for none in particular.</param>
internal sealed record Direction(
    string Mode, string From, string To, string? Folder = null,
    TranslationQuality Quality = TranslationQuality.Standard, string? Region = null);

/// <summary>What <c>apertium -l</c> lists of one folder.</summary>
/// <param name="Text">One direction a line.</param>
/// <param name="Folder">The folder; null for Apertium's own.</param>
/// <param name="Quality">How good its directions are.</param>
internal sealed record DirectionListing(string Text, string? Folder = null, TranslationQuality Quality = TranslationQuality.Standard);

/// <summary>The installed directions as a graph of languages.</summary>
internal sealed class DirectionGraph
{
    private readonly Dictionary<string, Direction[]> _from;
    private readonly Dictionary<(string From, string To, string Region), Direction> _regional;

    private DirectionGraph(IReadOnlyList<Direction> directions)
    {
        _regional = directions.Where(d => d.Region is not null)
            .GroupBy(d => (d.From, d.To, d.Region!))
            .ToDictionary(g => g.Key, g => g.First());
        _from = directions.DistinctBy(d => (d.From, d.To))
            .GroupBy(d => d.From)
            .ToDictionary(g => g.Key, g => g.OrderBy(d => d.To, StringComparer.Ordinal).ToArray());
    }

    /// <summary>Whether there is no direction at all.</summary>
    public bool IsEmpty => _from.Count == 0;

    /// <summary>
    /// Reads the output of <c>apertium -l</c>: one direction a line. Of several between the same languages a plain one goes before variants
    /// (<c>es-pt</c> before <c>es-pt_BR</c>). Languages without an ISO 639-1 code and names that are no direction (<c>eco-es-fr</c>) are
    /// passed over.
    /// </summary>
    /// <remarks>
    /// Between the same languages the better direction goes first of all, so a draft serves only where nothing else does.
    /// </remarks>
    public static DirectionGraph Parse(params IEnumerable<DirectionListing> listings)
    {
        var directions = listings.SelectMany(Parsed)
            .OrderByDescending(d => d.Quality).ThenBy(d => d.Mode.Count(c => c == '_')).ThenBy(d => d.Mode, StringComparer.Ordinal);
        return new DirectionGraph([.. directions]);
    }

    /// <summary>The directions to go through, fewest first and then in the languages' order, or null when none leads there.</summary>
    /// <param name="from">ISO 639-1.</param>
    /// <param name="to">ISO 639-1.</param>
    /// <param name="maxHops">How many may be chained.</param>
    /// <param name="region">The region wanted: the last direction is the one that follows its usage, where there is one.</param>
    public IReadOnlyList<Direction>? Route(string from, string to, int maxHops, string? region = null)
    {
        if (from == to || !Reach(from, maxHops).TryGetValue(to, out var route))
            return null;
        return region is not null && _regional.TryGetValue((route[^1].From, to, region), out var last) ? [.. route[..^1], last] : route;
    }

    /// <summary>The languages that can be reached, without the one started from.</summary>
    public IReadOnlySet<string> Targets(string from, int maxHops) => Reach(from, maxHops).Keys.ToHashSet();

    private Dictionary<string, Direction[]> Reach(string from, int maxHops)
    {
        var routes = new Dictionary<string, Direction[]> { [from] = [] };
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var at))
        {
            if (routes[at].Length == maxHops)
                continue;
            foreach (var direction in _from.GetValueOrDefault(at, []))
            {
                if (routes.TryAdd(direction.To, [.. routes[at], direction]))
                    open.Enqueue(direction.To);
            }
        }
        routes.Remove(from);
        return routes;
    }

    private static IEnumerable<Direction> Parsed(DirectionListing listing) =>
        listing.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(mode => Parsed(mode, listing)).OfType<Direction>();

    private static Direction? Parsed(string mode, DirectionListing listing)
    {
        var ends = mode.Split('-');
        return ends.Length == 2 && TryIso(ends[0], out var from, out _) && TryIso(ends[1], out var to, out var region) && from != to
            ? new Direction(mode, from, to, listing.Folder, listing.Quality, region)
            : null;
    }

    // es, spa, pt_BR; what follows the underscore is a region when it is written as one.
    private static bool TryIso(string name, out string code, out string? region)
    {
        var parts = name.Split('_');
        region = parts.Length == 2 && parts[1].Length == 2 && parts[1].All(char.IsAsciiLetterUpper) ? parts[1] : null;
        return parts[0].Length is 2 or 3 & LanguageCode.TryParse(parts[0], out code);
    }
}
