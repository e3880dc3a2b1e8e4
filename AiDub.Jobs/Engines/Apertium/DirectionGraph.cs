using System.Globalization;
using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines.Apertium;

/// <summary>An installed direction of translation.</summary>
/// <param name="Mode">Its name for Apertium: <c>eng-spa</c>, <c>es-pt_BR</c>.</param>
/// <param name="From">ISO 639-1.</param>
/// <param name="To">ISO 639-1.</param>
internal sealed record Direction(string Mode, string From, string To);

/// <summary>The installed directions as a graph of languages.</summary>
internal sealed class DirectionGraph
{
    private static readonly Dictionary<string, string> ByThreeLetters = ThreeLetterCodes();
    private readonly Dictionary<string, Direction[]> _from;

    private DirectionGraph(IEnumerable<Direction> directions) =>
        _from = directions.GroupBy(d => d.From).ToDictionary(g => g.Key, g => g.OrderBy(d => d.To, StringComparer.Ordinal).ToArray());

    /// <summary>Whether there is no direction at all.</summary>
    public bool IsEmpty => _from.Count == 0;

    /// <summary>
    /// Reads the output of <c>apertium -l</c>: one direction a line. Of several between the same languages a plain one goes before variants
    /// (<c>es-pt</c> before <c>es-pt_BR</c>). Languages without an ISO 639-1 code and names that are no direction (<c>eco-es-fr</c>) are passed over.
    /// </summary>
    public static DirectionGraph Parse(string listing)
    {
        var directions = listing.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Parsed).OfType<Direction>()
            .OrderBy(d => d.Mode.Count(c => c == '_')).ThenBy(d => d.Mode, StringComparer.Ordinal)
            .DistinctBy(d => (d.From, d.To));
        return new DirectionGraph(directions);
    }

    /// <summary>The directions to go through, fewest first and then in the languages' order, or null when none leads there.</summary>
    public IReadOnlyList<Direction>? Route(string from, string to, int maxHops) =>
        from == to ? null : Reach(from, maxHops).GetValueOrDefault(to);

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

    private static Direction? Parsed(string mode)
    {
        var ends = mode.Split('-');
        return ends.Length == 2 && TryIso(ends[0], out var from) && TryIso(ends[1], out var to) && from != to ? new Direction(mode, from, to) : null;
    }

    private static bool TryIso(string name, out string code)
    {
        var language = name.Split('_')[0];
        code = ByThreeLetters.GetValueOrDefault(language, "");
        return code.Length > 0 || (language.Length == 2 && LanguageCode.TryParse(language, out code));
    }

    private static Dictionary<string, string> ThreeLetterCodes()
    {
        var codes = new Dictionary<string, string>();
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.NeutralCultures))
        {
            if (culture.ThreeLetterISOLanguageName.Length == 3 && LanguageCode.TryParse(culture.TwoLetterISOLanguageName, out var code))
                codes.TryAdd(culture.ThreeLetterISOLanguageName, code);
        }
        // A macrolanguage that Apertium names and the culture data does not.
        codes.TryAdd("hbs", "sh");
        return codes;
    }
}
