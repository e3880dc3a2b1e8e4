using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Queueing;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting;

/// <summary>
/// Does to the dub what an operator does to its job: deleting the job cancels the dub, unless the job has ended, and requeueing a job that
/// failed runs the dub again from the step that failed, or leaves the job as it is and says why not. A dub that is complete is not touched
/// by either. A job that is queued again, by an operator or after a fault, is offered to the workers. A job whose dub ended because of what
/// its user sent has done its work: it is no failure of the service.
/// </summary>
/// <param name="services">Asked for what is needed only then: those parts need the queue, and the queue its filters.</param>
internal sealed class DubJobStates(IServiceProvider services) : IElectStateFilter, IApplyStateFilter, IServerFilter
{
    // The parameter of a job that says why its dub ended.
    private const string Ended = "Ended";

    // Hangfire tells of a state before it is written, and says nothing afterwards: whoever took the dub at once would find a job that has
    // ended, and leave it.
    private static readonly TimeSpan UntilWritten = TimeSpan.FromMilliseconds(250);

    private const string Done = "There is nothing to run again: the dub is complete.";

    private const string Gone = "There is nothing to run again: the dub was read or has expired.";

    /// <inheritdoc />
    public void OnStateElection(ElectStateContext context)
    {
        if (RequestOf(context.BackgroundJob.Job) is not { } requestId)
            return;
        // Hangfire's filters are synchronous, and run on threads without a context that waiting could block.
        if (context.CandidateState is SucceededState done && context.GetJobParameter<string>(Ended) is { } why)
            done.Reason = why;
        else if (context.CandidateState is DeletedState { Reason: not HangfireDubQueue.Untaken } && !HasEnded(context.CurrentState))
            Task.Run(() => CancelAsync(requestId, context.BackgroundJob.Id)).GetAwaiter().GetResult();
        else if (context.CandidateState is EnqueuedState && HasEnded(context.CurrentState))
            context.CandidateState = Task.Run(() => RequeueAsync(requestId, context)).GetAwaiter().GetResult();
    }

    /// <inheritdoc />
    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        // A new job is offered by whoever makes it, once it is there.
        if (context.NewState is EnqueuedState queued
            && context.OldStateName is { } before
            && RequestOf(context.BackgroundJob.Job) is { } requestId)
        {
            var job = new QueuedJob(context.BackgroundJob.Id, context.BackgroundJob.Job.Queue ?? queued.Queue);
            Task.Run(() => OfferAsync(requestId, job, isAfterFault: before == ProcessingState.StateName)).GetAwaiter().GetResult();
        }
    }

    /// <inheritdoc />
    public void OnPerforming(PerformingContext context)
    {
    }

    /// <inheritdoc />
    public void OnPerformed(PerformedContext context)
    {
        var error = context.Exception is JobPerformanceException { InnerException: { } inner } ? inner : context.Exception;
        if (error is PermanentDubException ended && IsOfTheUser(ended.Code))
        {
            context.ExceptionHandled = true;
            context.SetJobParameter(Ended, $"{ended.Code}: {ended.Message}");
        }
        else if (context.GetJobParameter<string>(Ended) is not null)
            context.SetJobParameter(Ended, null);
    }

    /// <inheritdoc />
    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
    }

    private static bool HasEnded(string? state) => state is "Failed" or "Deleted" or "Succeeded";

    private static bool IsOfTheUser(FailureCode code) => code.Kind is CodeKind.Source or CodeKind.Media or CodeKind.Text;

    /// <summary>The dub that a job is to make; null for other jobs, and for one that cannot be read.</summary>
    internal static Guid? RequestOf(Job? job) =>
        job?.Type == typeof(DubbingJob) && job.Args is [Guid requestId, ..] ? requestId : null;

    // The sweeper may have queued the dub again: then this job was nothing but a leftover.
    private async Task CancelAsync(Guid requestId, string jobId)
    {
        var dub = await services.GetRequiredService<IProgressStore>().FindAsync(requestId, CancellationToken.None);
        if (dub is { State: DubState.Running } && (dub.JobId is null || dub.JobId == jobId))
            await services.GetRequiredService<DubCancellation>().CancelAsync(requestId, byJob: jobId, CancellationToken.None);
    }

    private async Task<IState> RequeueAsync(Guid requestId, ElectStateContext context)
    {
        switch (await services.GetRequiredService<DubRetries>().ReviveAsync(requestId, CancellationToken.None))
        {
            case RetryOutcome.Complete:
                return new DeletedState { Reason = Done };
            case RetryOutcome.NotKept:
                return Stay(context.CurrentState, FailureCode.NotKept.Message);
            case RetryOutcome.NotFound:
                return Stay(context.CurrentState, Gone);
            default:
                return context.CandidateState;
        }
    }

    // The job's lock is held: a worker that takes the dub at once waits until the job is in its new state.
    private async Task OfferAsync(Guid requestId, QueuedJob job, bool isAfterFault)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var progress = services.GetRequiredService<IProgressStore>();
        if (await progress.FindAsync(requestId, CancellationToken.None) is not { State: DubState.Running, HeartbeatAt: null } dub)
            return;
        var wait = isAfterFault ? services.GetRequiredService<IOptions<RetryOptions>>().Value.RetryWait(dub.Faults) : UntilWritten;
        await services.GetRequiredService<IDubTurns>().OfferAsync(requestId, job, now, now + wait, CancellationToken.None);
        services.GetRequiredService<TurnSignal>().Set();
    }

    private static IState Stay(string state, string why) => state == FailedState.StateName
        ? new FailedState(new PermanentDubException(FailureCode.NotKept, why)) { Reason = why }
        : new DeletedState { Reason = why };
}
