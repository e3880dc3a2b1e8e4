using AiDub.Domain.Errors;

namespace AiDub.Domain.Dubbing;

/// <content>How it changes: the one place that decides which transitions there are.</content>
public sealed partial record DubProgress
{
    // How long before a cancelled or deleted dub's document expires its files are removed for the last time.
    private static readonly TimeSpan LastLook = TimeSpan.FromMinutes(30);

    /// <summary>The document after <paramref name="transition"/>.</summary>
    /// <exception cref="IllegalTransitionException">
    /// The dub is finished (but for <see cref="DubTransition.Retry"/> and <see cref="DubTransition.Clean"/>), or its stage would go
    /// backwards.
    /// </exception>
    public DubProgress Apply(DubTransition transition, DateTimeOffset now)
    {
        var next = transition is DubTransition.Delete(var expiresAt) ? Deleted(expiresAt, now)
            : State == DubState.Running ? WhileRunning(transition, now) : Afterwards(transition, now);
        return Versioned(next, now) with { UpdatedAt = now };
    }

    private DubProgress WhileRunning(DubTransition transition, DateTimeOffset now) =>
        transition switch
        {
            DubTransition.Advance(var stage, var percent) advance when stage >= Stage && stage != DubStage.Complete => this with
            {
                Stage = stage,
                Percent = Math.Max(Percent, Math.Clamp(percent, 0, 99)),
                // What gets on is not stuck, however often it stumbled.
                Faults = GetsOn(stage, percent) ? 0 : Faults,
                Kills = GetsOn(stage, percent) ? 0 : Kills,
                Activity = advance.Activity is { } activity ? activity with { Version = Activity?.Version ?? 0 } : Activity,
                Steps = advance.Done is { } done ? [.. Steps, done] : Steps,
                HeartbeatAt = now,
            },
            DubTransition.Fault fault => this with
            {
                Faults = Faults + 1,
                HeartbeatAt = null,
                Activity = Unheld,
                Steps = fault.Lost is { } lost ? StepsBefore(lost) : Steps,
            },
            DubTransition.TakeOver => this with { Kills = Kills + 1, HeartbeatAt = now },
            DubTransition.Release => this with { HeartbeatAt = null, Activity = Unheld, ReadyAt = JobId is null ? null : now },
            DubTransition.Fail(var code, var message, var expiresAt) fail =>
                this with
                {
                    Exception = message,
                    ExceptionCode = code,
                    HeartbeatAt = null,
                    ReadyAt = null,
                    ExpiresAt = expiresAt,
                    KeptUntil = fail.KeptUntil,
                    Steps = fail.Lost is { } lost ? StepsBefore(lost) : Steps,
                },
            DubTransition.Cancel(var expiresAt) =>
                this with
                {
                    Exception = FailureCode.Cancelled.Message,
                    ExceptionCode = FailureCode.Cancelled,
                    HeartbeatAt = null,
                    ReadyAt = null,
                    ExpiresAt = expiresAt,
                    KeptUntil = now,
                },
            DubTransition.Finish(var response, var expiresAt) when Stage == DubStage.Rendering =>
                this with { Stage = DubStage.Complete, Percent = 100, FinalResponse = response, HeartbeatAt = null, ExpiresAt = expiresAt },
            _ => throw new IllegalTransitionException($"Dub {RequestId} is at {Stage} and cannot {transition}."),
        };

    private bool GetsOn(DubStage stage, int percent) => stage > Stage || Math.Min(percent, 99) > Percent;

    // What no step names, a list of one does: whose it is is not known, so all are done again.
    private IReadOnlyList<StepRecord> StepsBefore(string lost)
    {
        if (!Order.MakesAllItself)
            return Steps;
        var before = Steps.TakeWhile(step => step.Artifacts?.Contains(lost) != true).ToList();
        return before.Count < Steps.Count ? before : [];
    }

    private DubProgress Deleted(DateTimeOffset expiresAt, DateTimeOffset now) => this with
    {
        Exception = FailureCode.Deleted.Message,
        ExceptionCode = FailureCode.Deleted,
        FinalResponse = null,
        ExpiresAt = expiresAt,
        KeptUntil = now,
    };

    private DubProgress Afterwards(DubTransition transition, DateTimeOffset now) => transition switch
    {
        DubTransition.Retry when CanBeRetried(now) =>
            this with { Exception = null, ExceptionCode = null, Faults = 0, Kills = 0, ExpiresAt = null, KeptUntil = null },
        DubTransition.Clean when IsCancelled && ExpiresAt - LastLook is { } last && last > now => this with { KeptUntil = last },
        DubTransition.Clean when State == DubState.Failed => this with { KeptUntil = null },
        _ => throw new IllegalTransitionException($"Dub {RequestId} is {State} and cannot {transition}."),
    };

    // Nobody works on it, so nothing says when it will be done.
    private DubActivity? Unheld => Activity is null ? null : Activity with { EtaSeconds = null, Wait = null };

    private DubProgress Versioned(DubProgress next, DateTimeOffset now)
    {
        if ((next.Stage, next.Percent, next.State) == (Stage, Percent, State) && Equals(next.Activity, Activity))
            return next;
        var version = Math.Max(now.ToUnixTimeMilliseconds(), Version + 1);
        return next with { Activity = (next.Activity ?? DubActivity.None) with { Version = version } };
    }
}
