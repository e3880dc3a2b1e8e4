using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Intake;

namespace AiDub.Jobs.Dubbing.Retention;

/// <summary>Removes what failed, cancelled and deleted dubs leave behind.</summary>
public sealed class FailedDubRemoval(
    IProgressStore progress, IObjectStore objects, IDubStore dubs, IEditStore edits, DubBatches batches,
    ClonedVoiceRemoval voices, TimeProvider clock)
{
    /// <summary>
    /// Stops this attempt and earlier ones from writing a record, and removes the record of a first dub. Later attempts are not affected.
    /// </summary>
    public Task ShutOutAsync(DubProgress dub, CancellationToken ct) => dub switch
    {
        { IsDeleted: true } => dubs.RemoveAsync(dub.RequestId, int.MaxValue, ct),
        { Order.Revision: 0 } => dubs.RemoveAsync(dub.RequestId, dub.Attempt, ct),
        _ => dubs.ShutOutAsync(dub.RequestId, dub.Attempt, ct),
    };

    /// <summary>
    /// Removes what a failed, cancelled or deleted dub left: every file of a first one; of one that was to be rendered again only what was
    /// new, because its old result stands. Repeating it does no harm, however late.
    /// </summary>
    public async Task RemoveAsync(DubProgress failed, CancellationToken ct)
    {
        await ShutOutAsync(failed, ct);
        var order = failed.Order;
        // Without a record there is no old result: the dub was deleted.
        var isWhole = order.Revision == 0 || failed.IsDeleted || await dubs.FindAsync(order.RequestId, ct) is null;
        // Its end may have come between the record and the document: then it is the result.
        if (!isWhole && await dubs.FindAsync(order.RequestId, ct) is { } made && made.Order.Revision == order.Revision)
            return;
        var prefixes = isWhole
            ? (string[])[ObjectKeys.Results(order.UserId, order.RequestId), ObjectKeys.Work(order.RequestId)]
            : [ObjectKeys.Results(order), ObjectKeys.Work(order.RequestId, order.Revision)];
        var keys = new List<string>();
        foreach (var prefix in prefixes)
            keys.AddRange((await objects.ListAsync(prefix, ct)).Where(key => failed.IsDeleted || AttemptKeys.IsUpTo(key, failed.Attempt)));
        await objects.DeleteAsync(keys, ct);
        if (failed.IsDeleted)
            await edits.RemoveAsync(order.RequestId, ct);
        // Last: whoever made them may be out of order.
        if (isWhole)
            await voices.RemoveAsync(order, ct);
    }

    /// <summary>
    /// Removes the files of a failed dub that are kept no longer, notes that, and lets the other dubs of its batch go on.
    /// </summary>
    /// <remarks>
    /// The document of a cancelled or deleted one stays until it expires: by it whoever was suspended finds out, and what they still store
    /// is found.
    /// </remarks>
    public async Task CleanAsync(DubProgress failed, CancellationToken ct)
    {
        try
        {
            await RemoveAsync(failed, ct);
        }
        catch (TransientDubException)
        {
            // All of this is repeated; the batch does not wait for it.
            await batches.ReleaseAsync(failed.Order, ct);
            throw;
        }
        if (failed.KeptUntil is not null)
            await progress.SaveFailedAsync(failed.Apply(new DubTransition.Clean(), clock.GetUtcNow()), ct);
        await batches.ReleaseAsync(failed.Order, ct);
        await batches.CleanAsync(failed.Order, ct);
    }
}
