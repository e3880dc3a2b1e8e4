using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Dubbing.Running;

/// <summary>Runs the steps in order, each once however often the dub is interrupted.</summary>
public sealed class DubPipeline(StepPlan plan, TimeProvider clock, ILogger<DubPipeline> log)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Runs what is not done yet.</summary>
    public async Task RunAsync(DubAttempt attempt, CancellationToken ct)
    {
        var (context, lease, waits) = attempt;
        var needed = plan.Of(context.Order);
        for (var i = 0; i < needed.Count; i++)
        {
            var step = needed[i];
            if (lease.Current.Steps.FirstOrDefault(done => done.Name == step.Name) is { } before)
            {
                context.Meter.Done(before, step.Weight);
                await lease.EnterAsync(step.Stage, step.StartsAtPercent, ct);
                continue;
            }

            context.Meter.Begin(step.Name, step.Weight, needed.Skip(i + 1).Sum(next => next.Weight));
            await lease.EnterAsync(step.Stage, step.StartsAtPercent, ct);

            using var scope = log.BeginScope("step {step}", step.Name);
            // A repeated step redoes only what it had not stored yet.
            var progress = new StepProgress(step, lease);
            var seconds = await waits.ThroughAsync(() => RunAsync(step, context, progress, ct), ct);
            progress.Report(1);
            foreach (var warning in context.Warnings)
                log.LogWarning("Dub {RequestId}: {Code}: {Warning}", context.RequestId, warning.Code, warning.Msg);
            var done = new StepRecord(step.Name, context.Claimed.Attempt, seconds, [.. context.Warnings])
            {
                RequestId = context.RequestId,
                Stage = step.Stage,
            };
            context.Meter.Done(done, step.Weight);
            await CommitAsync(done, context, lease, ct);
            log.LogInformation(
                "Dub {RequestId} attempt {Attempt}: {Step} done in {Seconds} s",
                context.RequestId, context.Claimed.Attempt, step.Name, seconds);
        }
    }

    private async Task<double> RunAsync(PlannedStep step, DubContext context, IProgress<double> progress, CancellationToken ct)
    {
        using var span = DubTelemetry.BeginStep(step.Name);
        var started = clock.GetTimestamp();
        var isDone = false;
        context.BeginStep(progress);
        try
        {
            await step.Step.RunAsync(context, ct);
            isDone = true;
        }
        catch (Exception e)
        {
            span.Fail(FaultName.Of(e));
            // What lies half done takes no room while the dub waits for some.
            if (NoSpaceLeft.Is(e))
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
            log.LogWarning(
                e, "What attempt {Attempt} of dub {RequestId} spent could not be written.", context.Claimed.Attempt, context.RequestId);
        }
    }
}
