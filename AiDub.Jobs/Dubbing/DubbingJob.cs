using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
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
    DubRemains remains,
    AbandonedWork abandoned,
    Scratch scratch,
    IOptions<DubbingOptions> options,
    TimeProvider clock,
    ILogger<DubbingJob> log)
{
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
        found = await progress.FindAsync(requestId, ct);
        if (found is not null && await WaitsAsync(found, ct))
            return;
        var now = clock.GetUtcNow();
        var claimed = await progress.ClaimAsync(requestId, now, now.AddSeconds(-options.Value.LeaseSeconds), ct);
        if (claimed is null)
        {
            log.LogInformation("Dub {RequestId} is finished, gone, or held by another attempt.", requestId);
            if (found is { State: not DubState.Running })
                await batches.CleanAsync(found.Order, ct);
            return;
        }

        using var span = DubTelemetry.BeginAttempt(claimed, now);
        using var folder = scratch.Create();
        found = claimed;
        await using var lease = held = DubLease.Start(
            claimed, progress, TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), clock, log, ct);
        var artifacts = new DubArtifacts(objects, folder.Path, claimed.Steps, claimed);
        var context = new DubContext(claimed, artifacts, folder.Path, new LeaseProgress(lease), lease.Meter);
        try
        {
            await batches.ThrowIfFailedAsync(context.Order, lease.Token);
            artifacts.Recall(await lease.RecallAsync(await history.FindAsync(claimed, folder.Path, lease.Token), lease.Token));
            await pipeline.RunAsync(context, lease, lease.Token);
            await publisher.PublishAsync(context, lease, lease.Token);
            DubTelemetry.Completed(lease.Current.FinalResponse!);
        }
        catch (Exception e)
        {
            span.Fail((e as PermanentDubException)?.Code ?? e.GetType().Name);
            await EndAsync(e, context, lease, ct);
            if (lease.IsLost)
                return;
        }
        await batches.CleanAsync(context.Order, ct);
    }

    // The leader queues a dub that waits; should it die before, the sweeper does.
    private async Task<bool> WaitsAsync(DubProgress dub, CancellationToken ct)
    {
        if (await batches.LeaderOfAsync(dub.Order, ct) is not { } leader)
            return false;
        if (dub.JobId is { } job)
            await turns.WithdrawAsync(dub.RequestId, job, ct);
        log.LogInformation("Dub {RequestId} waits until {Leader} has recognised the speech of their source.", dub.RequestId, leader.RequestId);
        return true;
    }

    private async Task EndAsync(Exception error, DubContext context, DubLease lease, CancellationToken shutdown)
    {
        try
        {
            if (!lease.IsLost)
                await EndHeldAsync(error, context, lease, shutdown);
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
        log.LogInformation("Attempt {Attempt} of dub {RequestId} stopped: it was superseded or cancelled.", context.Claimed.Attempt, context.RequestId);
        await abandoned.RemoveAsync(context, CancellationToken.None);
    }

    private async Task EndHeldAsync(Exception error, DubContext context, DubLease lease, CancellationToken shutdown)
    {
        if (shutdown.IsCancellationRequested)
        {
            await lease.ApplyAsync(new DubTransition.Release(), CancellationToken.None);
            shutdown.ThrowIfCancellationRequested();
        }

        switch (error)
        {
            case PermanentDubException permanent:
                log.LogWarning(error, "Dub {RequestId} failed: {Code}.", context.RequestId, permanent.Code);
                await FailAsync(permanent, context, lease, shutdown);
                throw permanent;
            case var _ when lease.Current.Faults >= options.Value.MaxFaults:
                log.LogError(error, "Dub {RequestId} failed {Faults} times and is given up.", context.RequestId, lease.Current.Faults + 1);
                var givenUp = StorageFull.Is(error)
                    ? new PermanentDubException("storage_full", NoRoom, error)
                    : new PermanentDubException("retries_used_up", error is TransientDubException ? error.Message : GaveUp, error);
                await FailAsync(givenUp, context, lease, shutdown);
                throw givenUp;
            default:
                log.LogWarning(error, "Attempt {Attempt} of dub {RequestId} failed; it will be tried again.", context.Claimed.Attempt, context.RequestId);
                await lease.ApplyAsync(new DubTransition.Fault(), shutdown);
                throw error as TransientDubException ?? new TransientDubException(GaveUp, error);
        }
    }

    private async Task FailAsync(PermanentDubException error, DubContext context, DubLease lease, CancellationToken ct)
    {
        var (now, kept) = (clock.GetUtcNow(), DubRemains.IsOfTheSource(error.Code) ? 0 : options.Value.KeepFailedHours);
        // The document outlives the files: it is what the sweeper finds them by.
        var expires = now.AddHours(Math.Max(options.Value.KeepUnreadHours, kept + 1));
        await remains.ShutOutAsync(context.Claimed, ct);
        await callbacks.PrepareAsync(context, ct);
        await lease.ApplyAsync(new DubTransition.Fail(error.Code, error.Message, expires) { KeptUntil = now.AddHours(kept) }, ct);
        DubTelemetry.Failed(error.Code);
        // Only now is it certain that no other attempt needs them.
        if (kept == 0)
            await RemoveAllAsync(lease.Current, ct);
        await batches.ReleaseAsync(context.Order, ct);
        await batches.CleanAsync(context.Order, ct);
    }

    // A failure is told even when the object store is what failed.
    private async Task RemoveAllAsync(DubProgress failed, CancellationToken ct)
    {
        try
        {
            await remains.RemoveAsync(failed, ct);
            await progress.SaveFailedAsync(failed.Apply(new DubTransition.Clean(), clock.GetUtcNow()), ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "The objects of dub {RequestId}, which failed, could not be removed; the sweeper will.", failed.RequestId);
        }
    }

    private sealed class LeaseProgress(DubLease lease) : IProgress<double>
    {
        public void Report(double value) => lease.Report(value);
    }
}
