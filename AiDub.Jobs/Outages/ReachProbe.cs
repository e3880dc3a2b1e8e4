using AiDub.Domain.Errors;

namespace AiDub.Jobs.Outages;

/// <summary>A probe that is one call.</summary>
public sealed class ReachProbe(Outage of, Func<CancellationToken, Task> reach, bool isRemote = false) : IReachProbe
{
    private static readonly TimeSpan RemoteFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LocalFor = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public TimeSpan KeepFor => isRemote ? RemoteFor : LocalFor;

    /// <inheritdoc />
    public Outage Of => of;

    /// <inheritdoc />
    public Task ReachAsync(CancellationToken ct) => reach(ct);
}
