using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;

namespace AiDub.Tests.Jobs.Outages;

/// <summary>A dependency that is away while a test says so, and the probe that looks at it.</summary>
internal sealed class AwayCalls(Outage outage) : PortCalls
{
    private int _refused;
    private int _looks;

    public bool IsAway { get; set; }

    /// <summary>How many calls were refused.</summary>
    public int Refused => _refused;

    /// <summary>How often somebody looked.</summary>
    public int Looks => _looks;

    public IReachProbe Probe => new ReachProbe(outage, _ =>
    {
        Interlocked.Increment(ref _looks);
        return IsAway ? throw new IOException("away") : Task.CompletedTask;
    });

    public override Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        ThrowIfAway();
        return call(ct);
    }

    public void ThrowIfAway()
    {
        if (!IsAway)
            return;
        Interlocked.Increment(ref _refused);
        throw new TransientDubException(outage.Message) { Outage = outage };
    }
}
