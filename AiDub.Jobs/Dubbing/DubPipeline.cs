using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Dubbing;

/// <summary>One step of a dub: reads artifacts, writes artifacts.</summary>
public interface IDubStep
{
    /// <summary>Its name in records, logs and the report.</summary>
    string Name { get; }

    /// <summary>The stage that a dub is in while it runs.</summary>
    DubStage Stage { get; }

    /// <summary>Whether an order has anything for it to do.</summary>
    bool IsNeeded(DubOrder order) => true;

    /// <summary>Does the step. Run twice, it leaves what running it once does.</summary>
    Task RunAsync(DubContext context, CancellationToken ct);
}

/// <summary>Runs the steps in order, each once however often the dub is interrupted.</summary>
public sealed class DubPipeline(IEnumerable<IDubStep> steps, TimeProvider clock, ILogger<DubPipeline> log)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<IDubStep> _steps = [.. steps.OrderBy(s => s.Stage)];

    /// <summary>Runs what is not done yet.</summary>
    public async Task RunAsync(DubContext context, DubLease lease, DubWaits waits, CancellationToken ct)
    {
        var needed = Of(context.Order);
        for (var i = 0; i < needed.Count; i++)
        {
            var step = needed[i];
            if (lease.Current.Steps.FirstOrDefault(done => done.Name == step.Name) is { } before)
            {
                context.Meter.Done(before);
                await lease.EnterAsync(step.Stage, ct);
                continue;
            }

            context.Meter.Begin(step.Name, i == 0 || needed[i - 1].Stage != step.Stage, [.. needed.Skip(i + 1).Select(s => s.Name)]);
            await lease.EnterAsync(step.Stage, ct);

            using var scope = log.BeginScope("step {step}", step.Name);
            // What the step has stored is kept, so a step that is done again is so only in what it had in its hands.
            var seconds = await waits.ThroughAsync(() => RunAsync(step, context, ct), ct);
            foreach (var warning in context.Warnings)
                log.LogWarning("Dub {RequestId}: {Code}: {Warning}", context.RequestId, warning.Code, warning.Msg);
            var done = new StepRecord(step.Name, context.Claimed.Attempt, seconds, [.. context.Warnings]) { RequestId = context.RequestId, Stage = step.Stage };
            context.Meter.Done(done);
            await CommitAsync(done, context, lease, ct);
            log.LogInformation(
                "Dub {RequestId} attempt {Attempt}: {Step} done in {Seconds} s", context.RequestId, context.Claimed.Attempt, step.Name, seconds);
        }
    }

    private async Task<double> RunAsync(IDubStep step, DubContext context, CancellationToken ct)
    {
        using var span = DubTelemetry.BeginStep(step.Name);
        var started = clock.GetTimestamp();
        var isDone = false;
        context.BeginStep();
        try
        {
            await step.RunAsync(context, ct);
            isDone = true;
        }
        catch (Exception e)
        {
            span.Fail((e as PermanentDubException)?.Code ?? e.GetType().Name);
            // What lies half done takes no room while the dub waits for some.
            if (StorageFull.Is(e))
                context.EmptyScratch();
            throw;
        }
        finally
        {
            DubTelemetry.StepEnded(step.Name, clock.GetElapsedTime(started).TotalSeconds, isDone);
            await SaveSpendingAsync(context, isDone ? ct : CancellationToken.None);
        }

        return Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3);
    }

    // What the step made counts from here on, if the attempt still holds the dub.
    private static async Task CommitAsync(StepRecord done, DubContext context, DubLease lease, CancellationToken ct)
    {
        var written = context.Artifacts.Commit();
        try
        {
            await lease.CommitAsync(done with { Artifacts = written }, ct);
        }
        catch (SupersededException)
        {
            context.Artifacts.Withdraw(written);
            throw;
        }
    }

    // Also when the attempt is being cancelled, though not for long then: what was spent was spent.
    private async Task SaveSpendingAsync(DubContext context, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var ended = ct.Register(() => late.CancelAfter(Grace));
        if (!ct.CanBeCanceled)
            late.CancelAfter(Grace);
        try
        {
            await context.Spending.SaveAsync(late.Token);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "What attempt {Attempt} of dub {RequestId} spent could not be written.", context.Claimed.Attempt, context.RequestId);
        }
    }

    /// <summary>The steps that an order has something to do for, in order.</summary>
    public IReadOnlyList<IDubStep> Of(DubOrder order) => [.. _steps.Where(s => s.IsNeeded(order))];
}
