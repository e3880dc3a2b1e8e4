using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Dubbing.Intake;

/// <summary>Who of a batch does what its dubs share, and when the others may go on.</summary>
/// <remarks>
/// The first dub that still runs leads: it fetches and recognises, and the others wait without an attempt. Nothing but the progress
/// documents says who that is, so a leader that was killed is resumed, and one that is gone is followed by the next.
/// </remarks>
public sealed class DubBatches(IProgressStore progress, DubIntake intake, IObjectStore objects, IDubStore dubs)
{
    /// <summary>The dub that this one waits for, or null when it may run: alone, leading, or with the shared work done.</summary>
    public async Task<DubProgress?> LeaderOfAsync(DubOrder order, CancellationToken ct)
    {
        foreach (var before in Before(order))
        {
            if (await progress.FindAsync(before, ct) is not { } dub)
                continue;
            if (dub.Stage > DubStage.Transcribing)
                return null;
            if (dub.State == DubState.Running)
                return dub;
        }
        return null;
    }

    /// <summary>Throws what the work that a dub shares with others failed of, when it did.</summary>
    /// <exception cref="PermanentDubException">The reason of the dub that led.</exception>
    public async Task ThrowIfFailedAsync(DubOrder order, CancellationToken ct)
    {
        foreach (var before in Before(order))
        {
            if (await progress.FindAsync(before, ct) is { Stage: DubStage.Transcribing, State: DubState.Failed, IsCancelled: false } failed)
                throw new PermanentDubException(failed.ExceptionCode ?? FailureCode.SourceFailed, failed.Exception!);
        }
    }

    /// <summary>
    /// Queues the dubs that wait for this one, when it is their first; those that wait for another are left to the sweeper. One that has a
    /// job waits for it, or for its time after a fault, or is about to be claimed by it.
    /// </summary>
    public async Task ReleaseAsync(DubOrder order, CancellationToken ct)
    {
        if (order is not { Batch: { } batch, Revision: 0 } || batch.Requests[0] != order.RequestId)
            return;
        var job = (await progress.FindAsync(order.RequestId, ct))?.JobId;
        foreach (var after in batch.Requests.Skip(1))
        {
            if (await progress.FindAsync(after, ct) is { State: DubState.Running, HeartbeatAt: null, JobId: null })
                await intake.QueueAsync(after, null, job, ct);
        }
    }

    /// <summary>
    /// Queues a dub that gave its job back to wait for another, where that one has let the others go meanwhile: it saw the job and left
    /// it.
    /// </summary>
    /// <param name="order">The dub.</param>
    /// <param name="likeJob">The job that it gave back.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task QueueIfReleasedAsync(DubOrder order, string likeJob, CancellationToken ct)
    {
        if (await LeaderOfAsync(order, ct) is null)
            await intake.QueueAsync(order.RequestId, null, likeJob, ct);
    }

    /// <summary>
    /// Removes what the dubs of a batch shared, once none of them runs or is kept for a retry or to be edited; as after a dub of its own,
    /// only small records stay, and those while one of the dubs does.
    /// </summary>
    public async Task CleanAsync(DubOrder order, CancellationToken ct)
    {
        if (order.Batch is not { } batch)
            return;
        var isNeeded = false;
        foreach (var id in batch.Requests)
        {
            var dub = await progress.FindAsync(id, ct);
            if (dub is { State: DubState.Running } or { KeptUntil: not null, IsCancelled: false })
                return;
            var record = await dubs.FindAsync(id, ct);
            if (record is { EditableUntil: not null })
                return;
            isNeeded |= dub is null ? record is not null : dub.State == DubState.Complete;
        }
        var keys = await objects.ListAsync(ObjectKeys.Work(batch.Id), ct);
        await objects.DeleteAsync([.. keys.Where(key => !isNeeded || ObjectKeys.IsTemporary(key))], ct);
    }

    private static IEnumerable<Guid> Before(DubOrder order) =>
        order is { Batch: { } batch, Revision: 0 } ? batch.Requests.TakeWhile(id => id != order.RequestId) : [];
}
