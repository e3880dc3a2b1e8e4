using System.Collections.Concurrent;
using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;

namespace AiDub.Jobs.Hosting.Health;

/// <summary>Looks at the dependencies for everybody who asks at once, and not more often than each allows.</summary>
public sealed class SharedLook(IEnumerable<IReachProbe> probes, TimeProvider clock)
{
    private readonly ConcurrentDictionary<IReachProbe, Look> _looks = [];
    private readonly Lock _turn = new();

    /// <summary>Returns when a dependency answers, or did a moment ago; throws what it fails with otherwise.</summary>
    public async Task ReachAsync(Dependency what, CancellationToken ct)
    {
        foreach (var probe in probes.Where(p => p.Of.What == what))
            await LookAsync(probe).WaitAsync(ct);
    }

    private Task LookAsync(IReachProbe probe)
    {
        lock (_turn)
        {
            if (_looks.TryGetValue(probe, out var last) && (!last.Task.IsCompleted || clock.GetElapsedTime(last.At) < last.For(probe)))
                return last.Task;
            // By nobody's token in particular: whoever else waits still wants the answer.
            var look = new Look(Task.Run(async () =>
            {
                using var late = new CancellationTokenSource(ReachableCheck.Limit, clock);
                await probe.ReachAsync(late.Token).WaitAsync(late.Token);
            }), clock.GetTimestamp());
            _looks[probe] = look;
            return look.Task;
        }
    }

    private sealed record Look(Task Task, long At)
    {
        private static readonly TimeSpan FailureFor = TimeSpan.FromSeconds(1);

        // What failed is looked at again soon, however dear.
        public TimeSpan For(IReachProbe probe) => Task.IsCompletedSuccessfully || probe.KeepFor < FailureFor ? probe.KeepFor : FailureFor;
    }
}
