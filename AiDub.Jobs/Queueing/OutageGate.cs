using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;

namespace AiDub.Jobs.Queueing;

/// <summary>
/// No dub is taken while what every dub needs is away. One whose engine is away waits by itself: others may not need that engine.
/// </summary>
internal sealed class OutageGate(OutageWatch watch) : ITakingGate
{
    /// <inheritdoc />
    public bool IsOpen => watch.Current.All(outage => outage.What == Dependency.Engine);
}
