using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing.Retention;

/// <summary>Deletes finished dubs that were kept for <c>Results:KeepDays</c>, as their users would.</summary>
public sealed class ExpiredResultSweeper(
    IDubStore dubs, IProgressStore progress, DubDeletion deletion, HousekeepingLease housekeeping,
    IOptions<ResultOptions> options, TimeProvider clock, ILogger<ExpiredResultSweeper> log)
    : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Deletes those that were finished long enough before <paramref name="now"/>, the oldest first.</summary>
    /// <param name="now">The time.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends the work between two of them.</param>
    public async Task EndAsync(DateTimeOffset now, int limit, CancellationToken ct)
    {
        if (options.Value.KeepDays == 0)
            return;
        foreach (var dub in await dubs.FindFinishedAsync(now.AddDays(-options.Value.KeepDays), limit, ct))
        {
            // One that is rendered again is finished anew.
            if (await progress.FindAsync(dub.Order.RequestId, ct) is not { State: DubState.Running })
                await deletion.DeleteAsync(dub.Order.UserId, dub.Order.RequestId, ct);
        }
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.KeepDays == 0)
            return Task.CompletedTask;
        return housekeeping.EveryAsync(
            Period,
            ct => EndAsync(clock.GetUtcNow(), Batch, ct),
            e => log.LogNotDone(e, "Results that were kept for long enough could not be deleted; the next look will try again."),
            stoppingToken);
    }
}
