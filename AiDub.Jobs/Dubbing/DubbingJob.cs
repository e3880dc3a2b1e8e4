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
    // So many that operators who kill processes lose no dub by it, however little it gets on between them.
    private const int MostKills = 20;

    private const string KilledTooOften =
        "The processes that worked on the dub ended again and again before they got on with it. Please try again later.";

    /// <summary>Brings a dub to its end, from wherever its last attempt left it.</summary>
    /// <exception cref="PermanentDubException">The dub failed for good; its document says why.</exception>
    /// <exception cref="TransientDubException">The attempt failed; the dub is to be tried again.</exception>
    public async Task RunAsync(Guid requestId, CancellationToken ct)
    {
        DubProgress? found = null;
        DubAttempt? held = null;
        using var scope = log.BeginScope(new DubLogScope(requestId, () => held?.Lease.Current ?? found));
        var waits = attempts.Waits();
        // Before it is claimed: nobody keeps a dub alive while a folder is waited for.
        using var folder = await waits.ThroughAsync(() => Task.FromResult(scratch.Create()), ct);
        if (await claims.ClaimAsync(requestId, waits, seen => found = seen, ct) is not { } claimed)
            return;

        using var span = DubTelemetry.BeginAttempt(claimed, clock.GetUtcNow());
        var isTakenOver = found?.HeartbeatAt is not null;
        found = claimed;
        await using var attempt = held = attempts.Begin(claimed, folder.Path, ct);
        try
        {
            if (isTakenOver)
                await attempt.Lease.ApplyAsync(new DubTransition.TakeOver(), attempt.Lease.Token);
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
        // What kills whoever works on it would do so for ever, and the dubs beside it with it.
        if (lease.Current.Kills > MostKills)
            throw new PermanentDubException(FailureCode.RetriesUsedUp, KilledTooOften);
        await waits.ThroughAsync(() => batches.ThrowIfFailedAsync(context.Order, ct), ct);
        var done = await waits.ThroughAsync(() => history.FindAsync(context.Claimed, context.Scratch, ct), ct);
        context.Artifacts.Recall(await lease.RecallAsync(done, ct));
        await pipeline.RunAsync(attempt, ct);
        await waits.ThroughAsync(() => publisher.PublishAsync(context, lease, ct), ct);
        DubTelemetry.Completed(lease.Current.FinalResponse!);
    }
}
