using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing.Retention;

/// <summary>Gives up dubs that run or wait, whoever holds them.</summary>
/// <remarks>
/// A cancelled dub is one that failed with the code <c>cancelled</c>: pollers know that state, and no store or worker can take such a dub
/// up again. The attempt that holds it finds out at its next heartbeat, ends its tools and removes the files; with no attempt they are
/// removed here; and the sweeper removes those of an attempt that is dead.
/// </remarks>
public sealed class DubCancellation(
    IProgressStore progress,
    FailedDubRemoval removal,
    DubIntake intake,
    IOptions<RetentionOptions> options,
    TimeProvider clock,
    ILogger<DubCancellation> log)
{
    /// <summary>Cancels a dub that has not ended, for its user.</summary>
    /// <returns>Its document as it now is: cancelled, or as it had ended before; null when there is none.</returns>
    public Task<DubProgress?> CancelAsync(Guid requestId, CancellationToken ct) => CancelAsync(requestId, null, ct);

    /// <summary>Cancels a dub that has not ended.</summary>
    /// <param name="requestId">The dub.</param>
    /// <param name="byJob">The job by whose deletion it is cancelled; null: no job's.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Its document as it now is: cancelled, or as it had ended before; null when there is none.</returns>
    public async Task<DubProgress?> CancelAsync(Guid requestId, string? byJob, CancellationToken ct)
    {
        while (true)
        {
            var found = await progress.FindAsync(requestId, ct);
            if (found is not { State: DubState.Running } dub)
                return found;
            var now = clock.GetUtcNow();
            var cancelled = dub.Apply(new DubTransition.Cancel(now.AddHours(options.Value.KeepUnreadHours)), now);
            // Not saved: another attempt has claimed the dub meanwhile, or it has ended.
            if (!await progress.SaveAsync(cancelled, ct))
                continue;
            DubTelemetry.Cancelled();
            using var scope = log.BeginScope(DubLogScope.Of(cancelled));
            log.LogInformation("Dub {RequestId} was cancelled at {Stage}.", requestId, dub.Stage.ToWire());
            await removal.ShutOutAsync(cancelled, ct);
            if (dub.HeartbeatAt is null)
            {
                if (dub.JobId is { } job && job != byJob)
                    await intake.DropSoonAsync(requestId, job);
                await CleanAsync(cancelled, ct);
            }
            return cancelled;
        }
    }

    // It is cancelled either way.
    private async Task CleanAsync(DubProgress cancelled, CancellationToken ct)
    {
        try
        {
            await removal.CleanAsync(cancelled, ct);
        }
        catch (TransientDubException e)
        {
            log.LogWarning(e, "Not all of dub {RequestId}, which was cancelled, could be removed; the sweeper will.", cancelled.RequestId);
        }
    }
}
