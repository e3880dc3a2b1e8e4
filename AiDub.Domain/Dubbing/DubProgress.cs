using AiDub.Domain.Errors;

namespace AiDub.Domain.Dubbing;

/// <summary>The progress document of one dub: what is polled while it runs, and read and deleted when it is complete.</summary>
public sealed partial record DubProgress
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

    /// <summary>How often whoever worked on the dub was killed since it last got on.</summary>
    public int Kills { get; init; }

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
