using AiDub.Domain.Errors;

namespace AiDub.Jobs.Outages;

/// <summary>Looks whether a dependency can be reached. One process asks it at most a few times a second.</summary>
public interface IReachProbe
{
    /// <summary>What it looks at.</summary>
    Outage Of { get; }

    /// <summary>
    /// For how long an answer may be taken for the next one, too: of what costs money or a round trip longer than of a local file. Default
    /// 1 s.
    /// </summary>
    TimeSpan KeepFor => TimeSpan.FromSeconds(1);

    /// <summary>Returns when the dependency answers; throws whatever it fails with otherwise.</summary>
    Task ReachAsync(CancellationToken ct);
}
