using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Dubbing.Intake;

/// <summary>What became of the wish to run a dub again.</summary>
public enum RetryOutcome
{
    /// <summary>It runs again, from the step that failed.</summary>
    Retried,

    /// <summary>There is no such dub.</summary>
    NotFound,

    /// <summary>It runs or waits already.</summary>
    Running,

    /// <summary>More dubs of its user would run or wait than may.</summary>
    TooMany,

    /// <summary>It is complete.</summary>
    Complete,

    /// <summary>It was cancelled, its source was refused, or its files are kept no longer: it can only be submitted again.</summary>
    NotKept,
}

/// <summary>Runs failed dubs again from the step that failed.</summary>
public sealed class DubRetries(IProgressStore progress, DubIntake intake, TimeProvider clock)
{
    /// <summary>Makes a failed dub run again and queues it.</summary>
    /// <param name="requestId">The dub.</param>
    /// <param name="most">How many dubs of its user may run or wait then; null for any number. Those it waits for are not held up.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<RetryOutcome> RetryAsync(Guid requestId, int? most, CancellationToken ct)
    {
        var job = (await progress.FindAsync(requestId, ct))?.JobId;
        var outcome = await ReviveAsync(requestId, most, ct);
        if (outcome == RetryOutcome.Retried)
            await intake.QueueSoonAsync(requestId, job, job);
        return outcome;
    }

    /// <summary>Makes a failed dub run again, for a caller that queues it.</summary>
    public Task<RetryOutcome> ReviveAsync(Guid requestId, CancellationToken ct) => ReviveAsync(requestId, null, ct);

    private async Task<RetryOutcome> ReviveAsync(Guid requestId, int? most, CancellationToken ct)
    {
        if (await progress.FindAsync(requestId, ct) is not { } dub)
            return RetryOutcome.NotFound;
        if (dub.State != DubState.Failed)
            return dub.State == DubState.Running ? RetryOutcome.Running : RetryOutcome.Complete;
        var now = clock.GetUtcNow();
        if (!dub.CanBeRetried(now))
            return RetryOutcome.NotKept;
        var outcome = await SaveAsync(dub.Apply(new DubTransition.Retry(), now), most, ct);
        if (outcome == RetryOutcome.Retried)
            await RetryThoseItWaitsForAsync(dub, ct);
        return outcome;
    }

    private async Task<RetryOutcome> SaveAsync(DubProgress next, int? most, CancellationToken ct)
    {
        if (most is not { } limit)
            return await progress.SaveFailedAsync(next, ct) ? RetryOutcome.Retried : RetryOutcome.Running;
        return await progress.SaveFailedWithinAsync(next, limit, ct) switch
        {
            Rerun.Begun => RetryOutcome.Retried,
            Rerun.TooMany => RetryOutcome.TooMany,
            _ => RetryOutcome.Running,
        };
    }

    // The dub of a batch that failed with the shared work can go on only when the dub that leads does that work again.
    private async Task RetryThoseItWaitsForAsync(DubProgress dub, CancellationToken ct)
    {
        if (dub.Stage != DubStage.Transcribing || dub.Order.Batch is not { } batch)
            return;
        foreach (var before in batch.Requests.TakeWhile(id => id != dub.RequestId))
            await RetryAsync(before, null, ct);
    }
}
