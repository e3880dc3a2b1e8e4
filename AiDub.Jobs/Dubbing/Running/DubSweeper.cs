using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing.Running;

/// <summary>
/// Re-queues unfinished dubs that nobody works on, and removes the files of failed ones and documents that expired unread.
/// </summary>
public sealed class DubSweeper(
    IProgressStore progress,
    IDubTurns turns,
    HousekeepingLease housekeeping,
    DubIntake intake,
    DubBatches batches,
    FailedDubRemoval removal,
    FinishedDubRetention retention,
    OutageWatch watch,
    IOptions<LeaseOptions> options,
    TimeProvider clock,
    ILogger<DubSweeper> log)
    : BackgroundService
{
    private const int Batch = 200;

    private DateTimeOffset? _lookedAt;

    /// <summary>
    /// Sweeps when it is time to. Where that is late by a lease, this process was suspended, as with a machine that slept, or the clock was
    /// put forward or back: who lives here gets the time for a heartbeat first, or would be taken for dead.
    /// </summary>
    public async Task LookAsync(CancellationToken ct)
    {
        if (_lookedAt is { } before && (clock.GetUtcNow() - before).Duration() >= TimeSpan.FromSeconds(options.Value.LeaseSeconds))
            await Task.Delay(2 * TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), clock, ct);
        _lookedAt = clock.GetUtcNow();
        await SweepAsync(ct);
    }

    /// <summary>
    /// Looks once for dubs whose attempt is dead or whose job is lost, and queues them again; those that wait for a worker are not looked
    /// at, however many they are.
    /// </summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var lease = TimeSpan.FromSeconds(options.Value.LeaseSeconds);
        await foreach (var dub in progress.StaleAsync(watch.StaleBefore(lease), now + ClockLeeway.Most, Batch, ct))
        {
            // It waits for another of its batch, or another process was quicker.
            if (await batches.LeaderOfAsync(dub.Order, ct) is not null || !await turns.BeginOfferAsync(dub, now, ct))
                continue;
            using var scope = log.BeginScope(DubLogScope.Of(dub));
            log.LogWarning("Dub {RequestId} at {Stage} was abandoned and is queued again.", dub.RequestId, dub.Stage.ToWire());
            await intake.QueueAgainAsync(dub, dub.JobId, ct);
        }

        // Not before an attempt that held a cancelled dub has had the time to find out, or is dead.
        foreach (var unkept in await progress.FindUnkeptAsync(now - lease, Batch, ct))
        {
            using var scope = log.BeginScope(DubLogScope.Of(unkept));
            try
            {
                await removal.CleanAsync(unkept, ct);
                log.LogInformation(
                    "The files of dub {RequestId}, which failed with {Code}, were removed.", unkept.RequestId, unkept.ExceptionCode);
            }
            catch (TransientDubException e)
            {
                // Such as an engine that holds its voices: others do not wait for it.
                log.LogWarning(e, "Not all of dub {RequestId} could be removed; the next look tries again.", unkept.RequestId);
            }
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
        await foreach (var dub in progress.UnfinishedAsync(Batch, ct))
        {
            using var scope = log.BeginScope(DubLogScope.Of(dub));
            if (dub.HeartbeatAt is not null)
                await progress.SaveAsync(Freed(dub, clock.GetUtcNow()), ct);
            if (await intake.QueueAsync(dub.RequestId, dub.JobId, dub.JobId, ct))
                log.LogInformation("Dub {RequestId} at {Stage} is resumed.", dub.RequestId, dub.Stage.ToWire());
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await housekeeping.EveryAsync(
                TimeSpan.FromSeconds(options.Value.SweepSeconds),
                LookAsync,
                e => log.LogNotDone(e, "The sweep failed; the next one will try again."),
                stoppingToken);
        }
        finally
        {
            await LeaveAsync();
        }
    }

    private static DubProgress Freed(DubProgress held, DateTimeOffset now) =>
        held.Apply(new DubTransition.TakeOver(), now).Apply(new DubTransition.Release(), now);

    private async Task LeaveAsync()
    {
        try
        {
            await housekeeping.LeaveAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogInformation(e, "The lease of who sweeps could not be given up; it ends by itself.");
        }
    }
}
