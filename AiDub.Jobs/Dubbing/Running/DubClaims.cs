using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing.Running;

/// <summary>Claims dubs for attempts.</summary>
public sealed class DubClaims(
    IProgressStore progress,
    IDubTurns turns,
    DubBatches batches,
    OutageWatch watch,
    IOptions<LeaseOptions> leases,
    TimeProvider clock,
    ILogger<DubClaims> log)
{
    /// <summary>
    /// Claims a dub; null when it is finished, gone, held by another attempt, or to wait for another dub of its batch. While what every dub
    /// needs is away, none is claimed.
    /// </summary>
    /// <param name="requestId">The dub.</param>
    /// <param name="waits">How to wait for the records.</param>
    /// <param name="seen">Told what was found.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<DubProgress?> ClaimAsync(Guid requestId, DubWaits waits, Action<DubProgress?> seen, CancellationToken ct)
    {
        await watch.ClearAsync(ct);
        DubProgress? found = null;
        var (claimed, isWaiting) = await waits.ThroughAsync(() => TryClaimAsync(requestId, now => seen(found = now), ct), ct);
        if (claimed is null && !isWaiting)
            await LeaveAsync(requestId, found, ct);
        return claimed;
    }

    private async Task<(DubProgress? Claimed, bool IsWaiting)> TryClaimAsync(
        Guid requestId, Action<DubProgress?> seen, CancellationToken ct)
    {
        // What was taken is claimed even when this is to stop, and let go of at once: given up, it would be nobody's until its lease ended.
        var found = await progress.FindAsync(requestId, CancellationToken.None);
        seen(found);
        if (found is not null && await WaitsForLeaderAsync(found, ct))
            return (null, true);
        var stale = watch.StaleBefore(TimeSpan.FromSeconds(leases.Value.LeaseSeconds));
        return (await progress.ClaimAsync(requestId, clock.GetUtcNow(), stale, CancellationToken.None), false);
    }

    // The leader queues a dub that waits; should it die before, the sweeper does.
    private async Task<bool> WaitsForLeaderAsync(DubProgress dub, CancellationToken ct)
    {
        if (await batches.LeaderOfAsync(dub.Order, ct) is not { } leader)
            return false;
        if (dub.JobId is { } job && await turns.WithdrawAsync(dub.RequestId, job, ct))
            await batches.QueueIfReleasedAsync(dub.Order, job, ct);
        log.LogInformation(
            "Dub {RequestId} waits until {Leader} has recognised the speech of their source.", dub.RequestId, leader.RequestId);
        return true;
    }

    private async Task LeaveAsync(Guid requestId, DubProgress? found, CancellationToken ct)
    {
        log.LogInformation("Dub {RequestId} is finished, gone, or held by another attempt.", requestId);
        if (found is { State: not DubState.Running })
            await batches.CleanAsync(found.Order, ct);
    }
}
