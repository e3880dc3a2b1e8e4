using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Publishing;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Queueing;
using AiDub.Jobs.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing.Running;

/// <summary>
/// Ends attempts that did not finish: stops where another attempt holds the dub, lets go of it at a shutdown, has it tried again after a
/// transient fault, and gives it up after one that stays.
/// </summary>
public sealed class AttemptEnding(
    IProgressStore progress,
    DubCallbacks callbacks,
    DubBatches batches,
    FailedDubRemoval removal,
    SupersededAttemptRemoval superseded,
    OutageWatch watch,
    IOptions<RetryOptions> retries,
    IOptions<RetentionOptions> retention,
    IOptions<WorkerOptions> workers,
    TimeProvider clock,
    ILogger<AttemptEnding> log)
{
    /// <summary>Ends an attempt; returns only where it is lost.</summary>
    /// <param name="error">Why it ends.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="shutdown">Cancelled when the process ends.</param>
    /// <exception cref="PermanentDubException">The dub failed for good; its document says why.</exception>
    /// <exception cref="TransientDubException">The dub is to be tried again.</exception>
    /// <exception cref="OperationCanceledException">The process ends; the dub was let go of.</exception>
    public async Task EndAsync(Exception error, DubAttempt attempt, CancellationToken shutdown)
    {
        try
        {
            if (!attempt.IsLost)
                await EndHeldAsync(error, attempt, shutdown);
        }
        catch (SupersededException)
        {
            // Found out only now.
        }

        if (attempt.IsLost)
            await LeaveAsync(attempt.Context);
    }

    /// <summary>
    /// Removes what the dubs of a batch shared, once they have all ended. The dub has ended either way: the orphan sweeper finds what
    /// stays.
    /// </summary>
    public async Task CleanAsync(DubContext context, CancellationToken ct)
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

    private async Task EndHeldAsync(Exception error, DubAttempt attempt, CancellationToken shutdown)
    {
        var (context, lease) = (attempt.Context, attempt.Lease);
        if (shutdown.IsCancellationRequested)
        {
            await lease.ReleaseAsync(TimeSpan.FromSeconds(workers.Value.ShutdownSeconds) / 2);
            shutdown.ThrowIfCancellationRequested();
        }

        switch (error)
        {
            case PermanentDubException permanent:
                // One line: what a user's file is like is no fault of ours. What caused it is told to who looks for it.
                log.LogWarning("Dub {RequestId} failed: {Code}: {Reason}", context.RequestId, permanent.Code, permanent.Message);
                log.LogDebug(error, "Why dub {RequestId} failed.", context.RequestId);
                await FailAsync(permanent, attempt, shutdown);
                throw permanent;
            case var _ when lease.Current.Faults >= retries.Value.MaxFaults:
                log.LogError(error, "Dub {RequestId} failed {Faults} times and is given up.", context.RequestId, lease.Current.Faults + 1);
                var givenUp = GivenUp(error, attempt.Context.Order);
                await FailAsync(givenUp, attempt, shutdown);
                throw givenUp;
            default:
                log.LogWarning(
                    error,
                    "Attempt {Attempt} of dub {RequestId} failed; it will be tried again.",
                    context.Claimed.Attempt,
                    context.RequestId);
                await lease.ApplyAsync(new DubTransition.Fault { Lost = (error as TransientDubException)?.Lost }, shutdown);
                throw error as TransientDubException ?? new TransientDubException(FailureCode.RetriesUsedUp.Message, error);
        }
    }

    private static PermanentDubException GivenUp(Exception error, DubOrder order) => error switch
    {
        _ when NoSpaceLeft.Is(error) => new(FailureCode.StorageFull, inner: error),
        TransientDubException { Lost: not null } when !order.MakesAllItself => new(FailureCode.NotKept, inner: error),
        _ => new(FailureCode.RetriesUsedUp, (error as TransientDubException)?.Message, error),
    };

    private Task FailAsync(PermanentDubException error, DubAttempt attempt, CancellationToken ct) =>
        attempt.Waits.ThroughAsync(() => FailAsync(error, attempt.Context, attempt.Lease, ct), ct, Dependency.Records);

    private async Task FailAsync(PermanentDubException error, DubContext context, DubLease lease, CancellationToken ct)
    {
        var isFinal = error.Code.IsOfTheSource || error.Code == FailureCode.NotKept;
        var (now, kept) = (clock.GetUtcNow(), isFinal ? 0 : retention.Value.KeepFailedHours);
        // The document outlives the files: it is what the sweeper finds them by.
        var expires = now.AddHours(Math.Max(retention.Value.KeepUnreadHours, kept + 1));
        await removal.ShutOutAsync(context.Claimed, ct);
        await callbacks.PrepareAsync(context, ct);
        // Not once more when only what follows had to wait.
        if (lease.Current.State == DubState.Running)
        {
            var lost = (error.InnerException as TransientDubException)?.Lost;
            await lease.ApplyAsync(
                new DubTransition.Fail(error.Code, error.Message, expires) { KeptUntil = now.AddHours(kept), Lost = lost }, ct);
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
}
