using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using AiDub.Tests.Jobs.Dubbing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Leases;

public sealed class HousekeepingLeaseTests
{
    [Test]
    public async Task A_process_that_was_not_answered_whether_it_keeps_house_lets_another_take_over_when_it_stops()
    {
        using var bench = new JobBench();
        var lease = new HousekeepingLease(
            Port<ILeases>.Around(bench.Leases, new UnansweredHolds()),
            Options.Create(new LeaseOptions()),
            TimeProvider.System,
            NullLogger<HousekeepingLease>.Instance);
        Assert.ThrowsAsync<TransientDubException>(() => lease.IsOursAsync(default));
        Assert.That(await bench.HousekeepingLease(TimeProvider.System).IsOursAsync(default), Is.False);

        await lease.LeaveAsync(default);

        Assert.That(await bench.HousekeepingLease(TimeProvider.System).IsOursAsync(default), Is.True);
    }

    // What is asked for is done, and nobody is told.
    private sealed class UnansweredHolds : PortCalls
    {
        public override async Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken ct)
        {
            var answer = await call(ct);
            return method == nameof(ILeases.HoldAsync) ? throw new TransientDubException("The store did not answer.") : answer;
        }
    }
}
