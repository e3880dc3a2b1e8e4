namespace AiDub.Domain.Dubbing;

/// <summary>What a dub spent on one engine, all its attempts together.</summary>
/// <param name="Engine">The engine's name.</param>
/// <param name="Calls">Requests sent or programs run, failed and repeated ones included.</param>
/// <param name="Characters">Characters of text that the engine took in.</param>
/// <param name="Seconds">Seconds of sound that the engine took in.</param>
public sealed record EngineUsage(string Engine, int Calls, long Characters, double Seconds)
{
    /// <summary>One sum an engine, in order of name; seconds to the millisecond.</summary>
    public static IReadOnlyList<EngineUsage> Sum(IEnumerable<EngineUsage> parts) =>
    [
        .. parts.GroupBy(p => p.Engine, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new EngineUsage(g.Key, g.Sum(p => p.Calls), g.Sum(p => p.Characters), Math.Round(g.Sum(p => p.Seconds), 3))),
    ];
}
