using AiDub.Api.Views;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Api.Progress;

/// <summary>Reads how far a dub is; reading a complete one delivers it.</summary>
internal sealed class ProgressReader(
    IProgressStore progress, RunningAnswers running, FinalAnswers answers, DoubtfulDeliveries doubtful)
{
    /// <summary>What a user's poll finds where his dub is known and runs; null where there is anything else to say.</summary>
    public async ValueTask<ProgressOutcome.Running?> FindRunningAsync(long userId, Guid requestId, CancellationToken ct)
    {
        var isKept = progress.TryFind(requestId, out var dub);
        if (!isKept)
            dub = await progress.FindAsync(requestId, ct);
        return dub?.Order.UserId == userId && dub.State is DubState.Running ? RunningOf(dub, isKept) : null;
    }

    /// <summary>What a user's poll finds. Of all polls that find a dub complete, exactly one is told.</summary>
    /// <param name="userId">Who asks.</param>
    /// <param name="requestId">The dub.</param>
    /// <param name="publicBase">Says where the asker reaches the service.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<ProgressOutcome> ReadAsync(long userId, Guid requestId, Func<Uri> publicBase, CancellationToken ct)
    {
        var isKept = progress.TryFind(requestId, out var dub);
        if (!isKept)
            dub = await progress.FindAsync(requestId, ct);
        if (dub is null && doubtful.TryTake(userId, requestId, out var taken))
            return await DeliverAgainAsync(taken, publicBase(), ct);
        if (dub is null or { IsDeleted: true } || dub.Order.UserId != userId)
            return new ProgressOutcome.NotFound();
        return dub.State switch
        {
            DubState.Running => RunningOf(dub, isKept),
            DubState.Failed => new ProgressOutcome.Failed(dub.Exception!, dub.ExceptionCode),
            _ => await DeliverAsync(dub, publicBase(), ct),
        };
    }

    private ProgressOutcome.Running RunningOf(DubProgress dub, bool isKept) =>
        new(isKept ? running.Kept(dub) : RunningAnswers.Write(dub), PollPace.Of(dub));

    private async Task<ProgressOutcome> DeliverAsync(DubProgress dub, Uri publicBase, CancellationToken ct)
    {
        // The answer is whole before the document goes: whatever fails while it is made leaves the dub to the next poll.
        var answer = await answers.OfAsync(dub.Order, dub.FinalResponse!, publicBase, ct);
        if (!await TryTakeAsync(dub, ct))
            return new ProgressOutcome.NotFound();
        doubtful.Remove(dub.RequestId);
        return new ProgressOutcome.Complete(answer);
    }

    private async Task<bool> TryTakeAsync(DubProgress dub, CancellationToken ct)
    {
        try
        {
            return await progress.TakeCompleteAsync(dub.Order.UserId, dub.RequestId, ct) is not null;
        }
        catch
        {
            doubtful.Add(dub);
            throw;
        }
    }

    private async Task<ProgressOutcome> DeliverAgainAsync(DubProgress taken, Uri publicBase, CancellationToken ct)
    {
        try
        {
            return new ProgressOutcome.Complete(await answers.OfAsync(taken.Order, taken.FinalResponse!, publicBase, ct));
        }
        catch
        {
            doubtful.Add(taken);
            throw;
        }
    }
}
