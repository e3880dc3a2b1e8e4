using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
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

/// <summary>That a step was done: written after its outputs, so that it is not done again.</summary>
/// <param name="Name">The step.</param>
/// <param name="Attempt">The attempt that did it.</param>
/// <param name="Seconds">How long it took, in seconds of wall-clock time.</param>
/// <param name="Warnings">What it warned of.</param>
public sealed record StepRecord(string Name, int Attempt, double Seconds, IReadOnlyList<DubWarning> Warnings)
{
    /// <summary>The dub that did it: of the steps that the dubs of a batch share, one did each.</summary>
    public Guid? RequestId { get; init; }
}

/// <summary>Runs the steps in order, each once however often the dub is interrupted.</summary>
public sealed class DubPipeline(IEnumerable<IDubStep> steps, TimeProvider clock, ILogger<DubPipeline> log)
{
    private readonly IReadOnlyList<IDubStep> _steps = [.. steps.OrderBy(s => s.Stage)];

    /// <summary>Runs what is not done yet.</summary>
    public async Task RunAsync(DubContext context, DubLease lease, CancellationToken ct)
    {
        var needed = _steps.Where(s => s.IsNeeded(context.Order)).ToList();
        for (var i = 0; i < needed.Count; i++)
        {
            var (step, key) = (needed[i], KeyOf(needed[i], context));
            if (await context.Artifacts.TryReadAsync<StepRecord>(key, ct) is { } before)
            {
                context.Meter.Done(before);
                await lease.EnterAsync(step.Stage, ct);
                continue;
            }

            context.Meter.Begin(step.Name, i == 0 || needed[i - 1].Stage != step.Stage, [.. needed.Skip(i + 1).Select(s => s.Name)]);
            await lease.EnterAsync(step.Stage, ct);

            using var scope = log.BeginScope("step {step}", step.Name);
            var seconds = await RunAsync(step, context, ct);
            foreach (var warning in context.Warnings)
                log.LogWarning("Dub {RequestId}: {Code}: {Warning}", context.RequestId, warning.Code, warning.Msg);
            var done = new StepRecord(step.Name, context.Claimed.Attempt, seconds, [.. context.Warnings]) { RequestId = context.RequestId };
            await context.Artifacts.WriteAsync(key, done, ct);
            context.Meter.Done(done);
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
            throw;
        }
        finally
        {
            DubTelemetry.StepEnded(step.Name, clock.GetElapsedTime(started).TotalSeconds, isDone);
            await SaveSpendingAsync(context);
        }

        return Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3);
    }

    // What comes before the target language matters is done once for a batch.
    private static string KeyOf(IDubStep step, DubContext context) =>
        step.Stage == DubStage.Transcribing
        ? ObjectKeys.Step(context.SourceId, step.Name)
        : ObjectKeys.Step(context.RequestId, step.Name, context.Revision);

    // Also when the attempt is being cancelled: what was spent was spent.
    private async Task SaveSpendingAsync(DubContext context)
    {
        try
        {
            await context.Spending.SaveAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "What attempt {Attempt} of dub {RequestId} spent could not be written.", context.Claimed.Attempt, context.RequestId);
        }
    }

    /// <summary>The records of the steps that are done, in order.</summary>
    public async Task<IReadOnlyList<StepRecord>> DoneAsync(DubContext context, CancellationToken ct)
    {
        var done = new List<StepRecord>();
        foreach (var step in _steps.Where(s => s.IsNeeded(context.Order)))
        {
            if (await context.Artifacts.TryReadAsync<StepRecord>(KeyOf(step, context), ct) is { } record)
                done.Add(record);
        }

        return done;
    }
}
