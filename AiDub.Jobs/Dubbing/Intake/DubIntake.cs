using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Queueing;
using AiDub.Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Dubbing.Intake;

/// <summary>Takes dubs in: first the records, then the job.</summary>
public sealed class DubIntake(
    IProgressStore progress,
    RefusedDubs refused,
    IDubQueue queue,
    IDubTurns turns,
    TurnSignal signal,
    TimeProvider clock,
    ILogger<DubIntake> log)
{
    // As many as may wait to be queued.
    private readonly SemaphoreSlim _behind = new(256);

    /// <summary>
    /// Writes the progress documents of one order, or of those of a batch, and queues the first: the one that leads queues the others.
    /// </summary>
    /// <remarks>All are accepted or none is.</remarks>
    public Task AcceptAsync(IReadOnlyList<DubOrder> orders, CancellationToken ct) => AcceptAsync(orders, null, ct);

    /// <summary>
    /// The same, unless more than <paramref name="most"/> dubs of the user would run or wait then: false, with nothing written.
    /// </summary>
    public async Task<bool> AcceptAsync(IReadOnlyList<DubOrder> orders, int? most, CancellationToken ct)
    {
        try
        {
            if (!await WriteAsync(orders, most, ct))
                return false;
        }
        catch
        {
            await refused.ForgetAsync(orders);
            throw;
        }
        foreach (var order in orders)
            Tell(order);
        await QueueSoonAsync(orders[0].RequestId);
        return true;
    }

    /// <summary>
    /// Writes the progress documents of orders that have none, and queues the first that it wrote; the sweeper finds the others. False,
    /// with nothing written, when more than <paramref name="most"/> dubs of the user would run or wait then.
    /// </summary>
    public async Task<bool> AddAsync(IReadOnlyList<DubOrder> orders, int? most, CancellationToken ct)
    {
        if (most is not null)
        {
            if (!await WriteAsync(orders, most, ct))
                return false;
            foreach (var order in orders)
                Tell(order);
            await QueueSoonAsync(orders[0].RequestId);
            return true;
        }
        DubOrder? first = null;
        foreach (var order in orders)
        {
            if (!await progress.AddAsync(DubProgress.Accept(order, clock.GetUtcNow()), ct))
                continue;
            Tell(order);
            first ??= order;
        }
        if (first is not null)
            await QueueSoonAsync(first.RequestId);
        return true;
    }

    /// <summary>Goes through what accepting a dub and queueing it asks of the stores, and accepts none.</summary>
    public async Task RehearseAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var order = new DubOrder { RequestId = Guid.NewGuid(), UserId = 0, ProjectId = "", SourceVideoUrl = "", ToLang = "" };
        // There is room for none, and nobody has a dub of this id.
        await progress.AddWithinAsync([DubProgress.Accept(order, now)], most: 0, ct);
        await turns.OfferNewAsync(order.RequestId, new QueuedJob("", ""), null, now, ct);
    }

    private async Task<bool> WriteAsync(IReadOnlyList<DubOrder> orders, int? most, CancellationToken ct)
    {
        if (most is { } limit)
            return await progress.AddWithinAsync([.. orders.Select(order => DubProgress.Accept(order, clock.GetUtcNow()))], limit, ct);
        foreach (var order in orders)
            await progress.AddAsync(DubProgress.Accept(order, clock.GetUtcNow()), ct);
        return true;
    }

    /// <summary>Makes a job for a dub that has a progress document, and offers it to the workers.</summary>
    /// <param name="requestId">The dub.</param>
    /// <param name="insteadOf">The job that the dub has; null when it has none.</param>
    /// <param name="likeJob">An earlier job for the same workers; null for those that this process submits to.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>
    /// False when it was not offered, or that is not known: the dub has another job, an attempt or an end since, or the queue failed and
    /// the sweeper will.
    /// </returns>
    public async Task<bool> QueueAsync(Guid requestId, string? insteadOf, string? likeJob, CancellationToken ct)
    {
        QueuedJob? job = null;
        try
        {
            job = await queue.EnqueueAsync(requestId, likeJob, ct);
            if (await turns.OfferNewAsync(requestId, job, insteadOf, clock.GetUtcNow(), ct))
            {
                signal.Set();
                return true;
            }
            log.LogInformation("Dub {RequestId} was queued or taken by another meanwhile, or has ended.", requestId);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogWarning(e, "Dub {RequestId} could not be queued; the sweeper will.", requestId);
        }
        return job is not null && await KeepOrDropAsync(requestId, job, ct);
    }

    // An offer whose answer was lost may stand, and a worker have taken it: only what nobody will take is given up.
    private async Task<bool> KeepOrDropAsync(Guid requestId, QueuedJob job, CancellationToken ct)
    {
        try
        {
            if ((await progress.FindAsync(requestId, ct))?.JobId == job.Id)
            {
                signal.Set();
                return true;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogInformation(e, "Whether job {Job} of dub {RequestId} was offered is not known; it is left.", job.Id, requestId);
            return false;
        }
        await DropAsync(requestId, job.Id, ct);
        return false;
    }

    /// <summary>Makes another job for a dub, in place of the one that it had.</summary>
    public async Task QueueAgainAsync(DubProgress dub, string? likeJob, CancellationToken ct)
    {
        if (await QueueAsync(dub.RequestId, dub.JobId, likeJob, ct) && dub.JobId is { } old)
            await DropAsync(dub.RequestId, old, ct);
    }

    private async Task DropAsync(Guid requestId, string job, CancellationToken ct)
    {
        try
        {
            await queue.DropAsync(job, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogWarning(e, "A job of dub {RequestId} that nobody will take could not be given up.", requestId);
        }
    }

    /// <summary>
    /// Queues a dub for somebody who need not wait until it is, only until those before it are not too many: that it is to be made stands
    /// in its document, and is true even when he has gone by now.
    /// </summary>
    /// <param name="requestId">The dub.</param>
    /// <param name="insteadOf">The job that the dub has; null when it has none.</param>
    /// <param name="likeJob">An earlier job for the same workers; null for those that this process submits to.</param>
    public async Task QueueSoonAsync(Guid requestId, string? insteadOf = null, string? likeJob = null)
    {
        await _behind.WaitAsync(CancellationToken.None);
        _ = HurriedCalls.Unhurried(
            () => GiveBackAfterAsync(() => QueueAsync(requestId, insteadOf, likeJob, CancellationToken.None)));
    }

    /// <summary>
    /// Gives up the job of a dub that ended while it waited for a worker, as <see cref="QueueSoonAsync"/> queues one: nobody takes it any
    /// more, and it would be told of as one that waits for good.
    /// </summary>
    public async Task DropSoonAsync(Guid requestId, string job)
    {
        await _behind.WaitAsync(CancellationToken.None);
        _ = HurriedCalls.Unhurried(() => GiveBackAfterAsync(() => DropAsync(requestId, job, CancellationToken.None)));
    }

    private async Task GiveBackAfterAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        finally
        {
            _behind.Release();
        }
    }

    private void Tell(DubOrder order)
    {
        DubTelemetry.Accepted(order);
        using var scope = log.BeginScope(DubLogScope.Of(DubProgress.Accept(order, clock.GetUtcNow())));
        log.LogInformation("Dub {RequestId} was submitted, into {ToLang}.", order.RequestId, order.ToLang);
    }
}
