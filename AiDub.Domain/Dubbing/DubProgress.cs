using AiDub.Domain.Errors;

namespace AiDub.Domain.Dubbing;

/// <summary>The progress document of one dub: what is polled while it runs, and read and deleted when it is complete.</summary>
public sealed record DubProgress
{
    /// <summary>What was asked for.</summary>
    public required DubOrder Order { get; init; }

    /// <summary>Where the dub stands.</summary>
    public DubStage Stage { get; init; } = DubStage.Transcribing;

    /// <summary>How much is done, 0–100; never goes backwards.</summary>
    public int Percent { get; init; }

    /// <summary>What is being done for it; null before an attempt has said so.</summary>
    public DubActivity? Activity { get; init; }

    /// <summary>The steps that are done, and where what they made lies; of a revision, also what it is made from.</summary>
    public IReadOnlyList<StepRecord> Steps { get; init; } = [];

    /// <summary>How often the dub was claimed; the holder of the highest number owns it. 0: never claimed.</summary>
    public int Attempt { get; init; }

    /// <summary>How many transient faults the dub has survived since it last got on.</summary>
    public int Faults { get; init; }

    /// <summary>When its attempt last showed life; null when no attempt holds it.</summary>
    public DateTimeOffset? HeartbeatAt { get; init; }

    /// <summary>The queue's id of the job that does it.</summary>
    public string? JobId { get; init; }

    /// <summary>When a worker may take its job; null while one has it, or it has no job.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>Why the dub failed, for a person; null unless it did.</summary>
    public string? Exception { get; init; }

    /// <summary>The code of <see cref="Exception"/>.</summary>
    public FailureCode? ExceptionCode { get; init; }

    /// <summary>What the last poll is answered with; null until the dub is complete.</summary>
    public FinalResponse? FinalResponse { get; init; }

    /// <summary>When the dub was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the document last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When an unread document may be removed; set on finished documents only.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// Until when the files of a failed dub are kept; until then it can be retried, and afterwards they are to be removed. Null when it has
    /// none to remove. Of a cancelled or deleted one, when they are to be removed next: what an attempt still stores that was suspended,
    /// and what was on its way to the store, is found by the last time.
    /// </summary>
    public DateTimeOffset? KeptUntil { get; init; }

    // How long before a cancelled or deleted dub's document expires its files are removed for the last time.
    private static readonly TimeSpan LastLook = TimeSpan.FromMinutes(30);

    /// <summary>Whether somebody gave the dub up while it ran, or deleted it.</summary>
    public bool IsCancelled => IsDeleted || (State == DubState.Failed && ExceptionCode == FailureCode.Cancelled);

    /// <summary>Whether its user deleted it: its document only says so to those who may still be at it.</summary>
    public bool IsDeleted => State == DubState.Failed && ExceptionCode == FailureCode.Deleted;

    /// <summary>Its place in lists.</summary>
    public DubCursor Cursor => new(CreatedAt, RequestId);

    /// <summary>The state that its user tells it by.</summary>
    public ListedState Listed => State switch
    {
        DubState.Failed => ListedState.Failed,
        DubState.Complete => ListedState.Complete,
        _ => HeartbeatAt is null ? ListedState.Queued : ListedState.Running,
    };

    /// <summary>Whether the dub failed and can be run again from the step that failed.</summary>
    public bool CanBeRetried(DateTimeOffset now) => State == DubState.Failed && !IsCancelled && KeptUntil > now;

    /// <summary>Rises with every change that a poll shows but that of <see cref="Attempt"/>: about Unix milliseconds.</summary>
    public long Version => Activity is { Version: > 0 and var version } ? version : CreatedAt.ToUnixTimeMilliseconds();

    /// <summary>The dub's id.</summary>
    public Guid RequestId => Order.RequestId;

    /// <summary>Whether it runs, failed or is complete.</summary>
    public DubState State =>
        Exception is not null ? DubState.Failed : Stage == DubStage.Complete ? DubState.Complete : DubState.Running;

    /// <summary>The document of a dub that was just accepted.</summary>
    public static DubProgress Accept(DubOrder order, DateTimeOffset now) => new()
    {
        Order = order,
        CreatedAt = now,
        UpdatedAt = now,
    };

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
                Faults = stage > Stage || Math.Min(percent, 99) > Percent ? 0 : Faults,
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
            DubTransition.Release => this with { HeartbeatAt = null, Activity = Unheld, ReadyAt = JobId is null ? null : now },
            DubTransition.Fail(var code, var message, var expiresAt) fail =>
                this with
                {
                    Exception = message,
                    ExceptionCode = code,
                    HeartbeatAt = null,
                    ReadyAt = null,
                    ExpiresAt = expiresAt,
                    KeptUntil = fail.KeptUntil
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

    // What no step names, a list of one does: whose it is is not known, so all are done again. What a revision is made from, and what the
    // dubs of a batch share, is not this dub's to make.
    private IReadOnlyList<StepRecord> StepsBefore(string lost)
    {
        if (Order is not { Batch: null, Revision: 0 })
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
            this with { Exception = null, ExceptionCode = null, Faults = 0, ExpiresAt = null, KeptUntil = null },
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

/// <summary>Whether a dub runs, failed or is complete.</summary>
public enum DubState
{
    /// <summary>Accepted, waiting or being worked on.</summary>
    Running,

    /// <summary>Given up; its document says why.</summary>
    Failed,

    /// <summary>Done; its document holds the final response.</summary>
    Complete,
}
