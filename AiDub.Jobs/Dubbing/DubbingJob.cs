using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Publishing;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Dubbing.Running;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing;

/// <summary>The one job of a dub. Running it again, or twice at once, does no harm.</summary>
public sealed class DubbingJob(
    IProgressStore progress,
    IObjectStore objects,
    IDubTurns turns,
    DubPipeline pipeline,
    DubHistory history,
    DubPublisher publisher,
    DubCallbacks callbacks,
    DubBatches batches,
    FailedDubRemoval removal,
    SupersededAttemptRemoval superseded,
    Scratch scratch,
    OutageWatch watch,
    IOptions<LeaseOptions> leases,
    IOptions<OutageOptions> outages,
    IOptions<RetryOptions> retries,
    IOptions<RetentionOptions> retention,
    TimeProvider clock,
    ILogger<DubbingJob> log)
{
    private static readonly TimeSpan LettingGo = TimeSpan.FromSeconds(2);

    private const string NoRoom = "There is no room left here to make the dub. Please try again later.";
    private const string GaveUp = "The dub could not be made because something it depends on kept failing. Please try again later.";

    /// <summary>Brings a dub to its end, from wherever its last attempt left it.</summary>
    /// <exception cref="PermanentDubException">The dub failed for good; its document says why.</exception>
    /// <exception cref="TransientDubException">The attempt failed; the dub is to be tried again.</exception>
    public async Task RunAsync(Guid requestId, CancellationToken ct)
    {
        DubProgress? found = null;
        DubLease? held = null;
        using var scope = log.BeginScope(new DubLogScope(requestId, () => held?.Current ?? found));
        // While what every dub needs is away, none is begun.
        var idle = Waits(new DubMeter(clock));
        await watch.ClearAsync(ct);
        var (claimed, isWaiting) = await idle.ThroughAsync(() => ClaimAsync(requestId, seen => found = seen, ct), ct);
        if (claimed is null)
        {
            if (!isWaiting)
                await LeaveUnclaimedAsync(requestId, found, ct);
            return;
        }

        using var span = DubTelemetry.BeginAttempt(claimed, clock.GetUtcNow());
        using var folder = await idle.ThroughAsync(() => Task.FromResult(scratch.Create()), ct);
        found = claimed;
        var waits = Waits(new DubMeter(clock, claimed.Activity?.Wait));
        await using var lease = held = DubLease.Start(
            claimed, progress, waits, TimeSpan.FromSeconds(leases.Value.HeartbeatSeconds), clock, log, ct);
        var patient = Port<IObjectStore>.Around(objects, new PatientCalls(waits, Dependency.Objects));
        var artifacts = new DubArtifacts(patient, folder.Path, claimed.Steps, claimed);
        var context = new DubContext(claimed, artifacts, folder.Path, lease.Meter);
        try
        {
            await waits.ThroughAsync(() => batches.ThrowIfFailedAsync(context.Order, lease.Token), lease.Token);
            var done = await waits.ThroughAsync(() => history.FindAsync(claimed, folder.Path, lease.Token), lease.Token);
            artifacts.Recall(await lease.RecallAsync(done, lease.Token));
            await pipeline.RunAsync(context, lease, waits, lease.Token);
            await waits.ThroughAsync(() => publisher.PublishAsync(context, lease, lease.Token), lease.Token);
            DubTelemetry.Completed(lease.Current.FinalResponse!);
        }
        catch (Exception e)
        {
            span.Fail((e as PermanentDubException)?.Code ?? e.GetType().Name);
            await EndAsync(e, context, lease, waits, ct);
            if (lease.IsLost)
                return;
        }
        await CleanAsync(context, ct);
    }

    private DubWaits Waits(DubMeter meter) => new(watch, meter, outages.Value, retries.Value, clock);

    private async Task<(DubProgress? Claimed, bool IsWaiting)> ClaimAsync(Guid requestId, Action<DubProgress?> seen, CancellationToken ct)
    {
        var found = await progress.FindAsync(requestId, ct);
        seen(found);
        if (found is not null && await WaitsAsync(found, ct))
            return (null, true);
        var stale = watch.StaleBefore(TimeSpan.FromSeconds(leases.Value.LeaseSeconds));
        return (await progress.ClaimAsync(requestId, clock.GetUtcNow(), stale, ct), false);
    }

    private async Task LeaveUnclaimedAsync(Guid requestId, DubProgress? found, CancellationToken ct)
    {
        log.LogInformation("Dub {RequestId} is finished, gone, or held by another attempt.", requestId);
        if (found is { State: not DubState.Running })
            await batches.CleanAsync(found.Order, ct);
    }

    // The dub has ended whether or not this can be; what stays behind is found by the search for leftovers.
    private async Task CleanAsync(DubContext context, CancellationToken ct)
    {
        try
        {
            await batches.CleanAsync(context.Order, ct);
        }
        catch (Exception e) when (OutageRules.Of(e) is not null)
        {
            watch.Report(e);
        }
    }

    // The leader queues a dub that waits; should it die before, the sweeper does.
    private async Task<bool> WaitsAsync(DubProgress dub, CancellationToken ct)
    {
        if (await batches.LeaderOfAsync(dub.Order, ct) is not { } leader)
            return false;
        if (dub.JobId is { } job)
            await turns.WithdrawAsync(dub.RequestId, job, ct);
        log.LogInformation(
            "Dub {RequestId} waits until {Leader} has recognised the speech of their source.", dub.RequestId, leader.RequestId);
        return true;
    }

    private async Task EndAsync(Exception error, DubContext context, DubLease lease, DubWaits waits, CancellationToken shutdown)
    {
        try
        {
            if (!lease.IsLost)
                await EndHeldAsync(error, context, lease, waits, shutdown);
        }
        catch (SupersededException)
        {
            // Found out only now.
        }

        if (lease.IsLost)
            await LeaveAsync(context);
    }

    private async Task LeaveAsync(DubContext context)
    {
        log.LogInformation(
            "Attempt {Attempt} of dub {RequestId} stopped: it was superseded or cancelled.", context.Claimed.Attempt, context.RequestId);
        try
        {
            await superseded.RemoveAsync(context, CancellationToken.None);
        }
        catch (Exception e) when (OutageRules.Of(e) is not null)
        {
            watch.Report(e);
            log.LogInformation("What is kept of dub {RequestId} could not be removed; the sweeper will.", context.RequestId);
        }
    }

    private async Task EndHeldAsync(Exception error, DubContext context, DubLease lease, DubWaits waits, CancellationToken shutdown)
    {
        if (shutdown.IsCancellationRequested)
        {
            await lease.ReleaseAsync(LettingGo);
            shutdown.ThrowIfCancellationRequested();
        }

        switch (error)
        {
            case PermanentDubException permanent:
                // One line: what a user's file is like is no fault of ours. What caused it is told to who looks for it.
                log.LogWarning("Dub {RequestId} failed: {Code}: {Reason}", context.RequestId, permanent.Code, permanent.Message);
                log.LogDebug(error, "Why dub {RequestId} failed.", context.RequestId);
                await FailAsync(permanent, context, lease, waits, shutdown);
                throw permanent;
            case var _ when lease.Current.Faults >= retries.Value.MaxFaults:
                log.LogError(error, "Dub {RequestId} failed {Faults} times and is given up.", context.RequestId, lease.Current.Faults + 1);
                var givenUp = NoSpaceLeft.Is(error)
                    ? new PermanentDubException("storage_full", NoRoom, error)
                    : new PermanentDubException("retries_used_up", error is TransientDubException ? error.Message : GaveUp, error);
                await FailAsync(givenUp, context, lease, waits, shutdown);
                throw givenUp;
            default:
                log.LogWarning(
                    error,
                    "Attempt {Attempt} of dub {RequestId} failed; it will be tried again.",
                    context.Claimed.Attempt,
                    context.RequestId);
                await lease.ApplyAsync(new DubTransition.Fault(), shutdown);
                throw error as TransientDubException ?? new TransientDubException(GaveUp, error);
        }
    }

    private Task FailAsync(PermanentDubException error, DubContext context, DubLease lease, DubWaits waits, CancellationToken ct) =>
        waits.ThroughAsync(() => FailAsync(error, context, lease, ct), ct, Dependency.Records);

    private async Task FailAsync(PermanentDubException error, DubContext context, DubLease lease, CancellationToken ct)
    {
        var (now, kept) = (clock.GetUtcNow(), FailedDubRemoval.IsOfTheSource(error.Code) ? 0 : retention.Value.KeepFailedHours);
        // The document outlives the files: it is what the sweeper finds them by.
        var expires = now.AddHours(Math.Max(retention.Value.KeepUnreadHours, kept + 1));
        await removal.ShutOutAsync(context.Claimed, ct);
        await callbacks.PrepareAsync(context, ct);
        // Not once more when only what follows had to wait.
        if (lease.Current.State == DubState.Running)
        {
            await lease.ApplyAsync(new DubTransition.Fail(error.Code, error.Message, expires) { KeptUntil = now.AddHours(kept) }, ct);
            DubTelemetry.Failed(error.Code);
        }
        // Only now is it certain that no other attempt needs them.
        if (kept == 0)
            await RemoveAllAsync(lease.Current, ct);
        await batches.ReleaseAsync(context.Order, ct);
        await CleanAsync(context, ct);
    }

    // A failure is told even when the object store is what failed.
    private async Task RemoveAllAsync(DubProgress failed, CancellationToken ct)
    {
        try
        {
            await removal.RemoveAsync(failed, ct);
            await progress.SaveFailedAsync(failed.Apply(new DubTransition.Clean(), clock.GetUtcNow()), ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "The objects of dub {RequestId}, which failed, could not be removed; the sweeper will.", failed.RequestId);
        }
    }
}
