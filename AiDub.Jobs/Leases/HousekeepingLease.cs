using AiDub.Domain.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Leases;

/// <summary>
/// Sees to it that of all processes one sweeps and tidies: the one that holds the lease, and another once that has not been heard of for
/// three sweeps.
/// </summary>
/// <remarks>Whatever the one does can be repeated, or done twice at once: a lease that ends in the middle of it does no harm.</remarks>
public sealed class HousekeepingLease(ILeases leases, IOptions<LeaseOptions> options, TimeProvider clock, ILogger<HousekeepingLease> log)
{
    private const string Name = "housekeeping";

    private readonly Guid _holder = Guid.NewGuid();
    private bool _held;
    private bool _mayBeHeld;

    /// <summary>Whether this process is the one; asked before every look, which keeps the lease.</summary>
    public async Task<bool> IsOursAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // Whether it is held is not known when this is not answered.
        _mayBeHeld = true;
        var held = await leases.HoldAsync(Name, _holder, now, now.AddSeconds(3 * options.Value.SweepSeconds), ct);
        if (held != _held)
            log.LogInformation(held ? "This process sweeps and tidies." : "Another process sweeps and tidies.");
        _held = _mayBeHeld = held;
        return held;
    }

    /// <summary>Lets another take over at once.</summary>
    public async Task LeaveAsync(CancellationToken ct)
    {
        if (!_mayBeHeld)
            return;
        _held = _mayBeHeld = false;
        await leases.ReleaseAsync(Name, _holder, ct);
    }

    /// <summary>Looks again and again while this process is the one.</summary>
    /// <param name="period">How often.</param>
    /// <param name="look">Looks once.</param>
    /// <param name="failed">Told of a look that failed.</param>
    /// <param name="ct">Ends it.</param>
    public async Task EveryAsync(TimeSpan period, Func<CancellationToken, Task> look, Action<Exception> failed, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(period, clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                if (await IsOursAsync(ct))
                    await look(ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed(e);
            }
        }
    }
}
