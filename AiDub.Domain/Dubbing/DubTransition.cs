using AiDub.Domain.Errors;

namespace AiDub.Domain.Dubbing;

/// <summary>What can happen to a dub: while it runs, or, where it says so, afterwards.</summary>
public abstract record DubTransition
{
    private DubTransition()
    {
    }

    /// <summary>
    /// Its attempt shows that it lives, and where it is: a stage (the same or a later one, not <see cref="DubStage.Complete"/>) and a
    /// percent.
    /// </summary>
    public sealed record Advance(DubStage Stage, int Percent) : DubTransition
    {
        /// <summary>What it does there; null: as before. Its version is not looked at.</summary>
        public DubActivity? Activity { get; init; }

        /// <summary>The step that it has done; null: none.</summary>
        public StepRecord? Done { get; init; }
    }

    /// <summary>A transient fault ended its attempt; it is to be tried again.</summary>
    public sealed record Fault : DubTransition
    {
        /// <summary>
        /// The key of what a step had made and is there no more: the step, and all after it, are done again. Null: nothing is missing.
        /// </summary>
        public string? Lost { get; init; }
    }

    /// <summary>Its attempt lets go of it unfinished, so that another may claim it at once.</summary>
    public sealed record Release : DubTransition;

    /// <summary>
    /// Its attempt found it held by one that had ended without letting go of it: its process was killed, or its machine was.
    /// </summary>
    public sealed record TakeOver : DubTransition;

    /// <summary>It failed for good.</summary>
    /// <param name="Code">The reason.</param>
    /// <param name="Message">What went wrong, for a person.</param>
    /// <param name="ExpiresAt">When its document may be removed.</param>
    public sealed record Fail(FailureCode Code, string Message, DateTimeOffset ExpiresAt) : DubTransition
    {
        /// <summary>Until when its files are kept for a retry; null when they are removed already.</summary>
        public DateTimeOffset? KeptUntil { get; init; }

        /// <summary>As <see cref="Fault.Lost"/>: where it is retried, the step and all after it are done again.</summary>
        public string? Lost { get; init; }
    }

    /// <summary>Somebody gave it up while it ran; whoever holds it stops, and its files are to be removed.</summary>
    /// <param name="ExpiresAt">When its document may be removed.</param>
    public sealed record Cancel(DateTimeOffset ExpiresAt) : DubTransition;

    /// <summary>
    /// Its user deleted it, whatever its state: for users it is gone, whoever holds it stops, and all that is kept of it is to be removed.
    /// </summary>
    /// <param name="ExpiresAt">When its document may be removed.</param>
    public sealed record Delete(DateTimeOffset ExpiresAt) : DubTransition;

    /// <summary>A failed dub whose files are still kept runs again, its faults forgiven and its done steps kept.</summary>
    public sealed record Retry : DubTransition;

    /// <summary>
    /// The files of a failed dub were removed; those of a cancelled or deleted one are once more before its document expires.
    /// </summary>
    public sealed record Clean : DubTransition;

    /// <summary>Its result is stored and its durable record written.</summary>
    public sealed record Finish(FinalResponse Response, DateTimeOffset ExpiresAt) : DubTransition;
}
