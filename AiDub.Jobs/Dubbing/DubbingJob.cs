using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Publishing;
using AiDub.Jobs.Dubbing.Running;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Dubbing;

/// <summary>The one job of a dub. Running it again, or twice at once, does no harm.</summary>
public sealed class DubbingJob(
    DubClaims claims,
    DubAttempts attempts,
    DubBatches batches,
    DubHistory history,
    DubPipeline pipeline,
    DubPublisher publisher,
    AttemptEnding ending,
    Scratch scratch,
    TimeProvider clock,
    ILogger<DubbingJob> log)
{
    /// <summary>Brings a dub to its end, from wherever its last attempt left it.</summary>
    /// <exception cref="PermanentDubException">The dub failed for good; its document says why.</exception>
    /// <exception cref="TransientDubException">The attempt failed; the dub is to be tried again.</exception>
    public async Task RunAsync(Guid requestId, CancellationToken ct)
    {
        DubProgress? found = null;
        DubAttempt? held = null;
        using var scope = log.BeginScope(new DubLogScope(requestId, () => held?.Lease.Current ?? found));
        var waits = attempts.Waits();
        if (await claims.ClaimAsync(requestId, waits, seen => found = seen, ct) is not { } claimed)
            return;

        using var span = DubTelemetry.BeginAttempt(claimed, clock.GetUtcNow());
        using var folder = await waits.ThroughAsync(() => Task.FromResult(scratch.Create()), ct);
        found = claimed;
        await using var attempt = held = attempts.Begin(claimed, folder.Path, ct);
        try
        {
            await MakeAsync(attempt, attempt.Lease.Token);
        }
        catch (Exception e)
        {
            span.Fail(FaultName.Of(e));
            await ending.EndAsync(e, attempt, ct);
            if (attempt.IsLost)
                return;
        }
        await ending.CleanAsync(attempt.Context, ct);
    }

    private async Task MakeAsync(DubAttempt attempt, CancellationToken ct)
    {
        var (context, lease, waits) = attempt;
        await waits.ThroughAsync(() => batches.ThrowIfFailedAsync(context.Order, ct), ct);
        var done = await waits.ThroughAsync(() => history.FindAsync(context.Claimed, context.Scratch, ct), ct);
        context.Artifacts.Recall(await lease.RecallAsync(done, ct));
        await pipeline.RunAsync(attempt, ct);
        await waits.ThroughAsync(() => publisher.PublishAsync(context, lease, ct), ct);
        DubTelemetry.Completed(lease.Current.FinalResponse!);
    }
}
