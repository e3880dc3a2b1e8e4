using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing;

/// <summary>Re-queues unfinished dubs that nobody works on, and removes the files of failed ones and documents that expired unread.</summary>
public sealed class DubSweeper(
    IProgressStore progress, IDubQueue queue, DubIntake intake, DubBatches batches, DubRemains remains, DubRetention retention, IOptions<DubbingOptions> options, TimeProvider clock, ILogger<DubSweeper> log)
    : BackgroundService
{
    private const int Batch = 200;

    // A queue that claims to hold a waiting dub is believed for this many leases.
    private const int BelievedLeases = 10;

    /// <summary>Looks once for dubs whose attempt is dead or whose queue entry is lost, and queues them again.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var lease = TimeSpan.FromSeconds(options.Value.LeaseSeconds);
        foreach (var dub in await progress.FindStaleAsync(now - lease, Batch, ct))
        {
            if (await batches.LeaderOfAsync(dub.Order, ct) is { JobId: { } job })
            {
                // Nothing is wrong with it; it is not to hide others that are stale.
                await progress.SetJobAsync(dub.RequestId, job, now, ct);
                continue;
            }
            if (dub.HeartbeatAt is null && dub.UpdatedAt > now - BelievedLeases * lease && await IsHeldAsync(dub, ct))
                continue;
            using var scope = log.BeginScope(DubLogScope.Of(dub));
            log.LogWarning("Dub {RequestId} at {Stage} was abandoned and is queued again.", dub.RequestId, dub.Stage.ToWire());
            await intake.QueueAsync(dub.RequestId, dub.JobId, ct);
        }

        // Not before an attempt that held a cancelled dub has had the time to find out, or is dead.
        foreach (var unkept in await progress.FindUnkeptAsync(now - lease, Batch, ct))
        {
            using var scope = log.BeginScope(DubLogScope.Of(unkept));
            await remains.CleanAsync(unkept, ct);
            log.LogInformation("The files of dub {RequestId}, which failed with {Code}, were removed.", unkept.RequestId, unkept.ExceptionCode);
        }

        await retention.EndAsync(now - lease, Batch, ct);
        foreach (var expired in await progress.RemoveExpiredAsync(now, ct))
            log.LogInformation("The progress document of dub {RequestId} expired unread.", expired);
    }

    /// <summary>
    /// Queues every unfinished dub at once, however fresh its heartbeat. Only for a process that has the records to itself:
    /// whoever held them before is gone.
    /// </summary>
    public async Task ResumeAllAsync(CancellationToken ct)
    {
        foreach (var dub in await progress.FindStaleAsync(DateTimeOffset.MaxValue, int.MaxValue, ct))
        {
            using var scope = log.BeginScope(DubLogScope.Of(dub));
            if (dub.HeartbeatAt is not null)
                await progress.SaveAsync(dub.Apply(new DubTransition.Release(), clock.GetUtcNow()), ct);
            await intake.QueueAsync(dub.RequestId, dub.JobId, ct);
            log.LogInformation("Dub {RequestId} at {Stage} is resumed.", dub.RequestId, dub.Stage.ToWire());
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.SweepSeconds), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "The sweep failed; the next one will try again.");
            }
        }
    }

    private async Task<bool> IsHeldAsync(DubProgress dub, CancellationToken ct) =>
        dub.JobId is { } jobId && await queue.HoldsAsync(jobId, ct);
}
