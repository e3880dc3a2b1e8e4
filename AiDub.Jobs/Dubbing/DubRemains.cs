using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Dubbing;

/// <summary>What failed and cancelled dubs leave behind, and its removal.</summary>
public sealed class DubRemains(IProgressStore progress, IObjectStore objects, IDubStore dubs, IEditStore edits, DubBatches batches, TimeProvider clock)
{
    // What was refused is refused again, and nobody is to keep a copy of it.
    private static readonly string[] OfTheSource = ["source_", "media_", "audio_"];

    /// <summary>Whether a failure of this code says that the source cannot be dubbed: nothing of such a dub is kept.</summary>
    public static bool IsOfTheSource(string code) => OfTheSource.Any(prefix => code.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Removes every file of a dub, and its durable record if its end came between that and the document; repeating it does no harm.</summary>
    public async Task RemoveFilesAsync(DubOrder order, CancellationToken ct)
    {
        foreach (var prefix in (string[])[ObjectKeys.Results(order.UserId, order.RequestId), ObjectKeys.Work(order.RequestId)])
        {
            foreach (var key in await objects.ListAsync(prefix, ct))
                await objects.DeleteAsync(key, ct);
        }
        await edits.RemoveAsync(order.RequestId, ct);
        await dubs.RemoveAsync(order.RequestId, ct);
    }

    /// <summary>Removes what a failed or cancelled dub left: every file of a first one; of one that was to be rendered again only what was new, because its old result stands.</summary>
    public async Task RemoveFailedAsync(DubOrder order, CancellationToken ct)
    {
        // Without a record there is no old result: the dub was deleted.
        if (order.Revision == 0 || await dubs.FindAsync(order.RequestId, ct) is not { } made)
        {
            await RemoveFilesAsync(order, ct);
            return;
        }

        // Its end may have come between the record and the document: then it is the result.
        if (made.Order.Revision == order.Revision)
            return;
        foreach (var prefix in (string[])[ObjectKeys.Results(order), ObjectKeys.Work(order.RequestId, order.Revision)])
        {
            foreach (var key in await objects.ListAsync(prefix, ct))
                await objects.DeleteAsync(key, ct);
        }
    }

    /// <summary>Removes the files of a failed dub that are kept no longer, notes that, and lets the other dubs of its batch go on.</summary>
    public async Task CleanAsync(DubProgress failed, CancellationToken ct)
    {
        if (failed.IsDeleted)
            await RemoveFilesAsync(failed.Order, ct);
        else
            await RemoveFailedAsync(failed.Order, ct);
        if (failed.KeptUntil is not null)
            await progress.SaveFailedAsync(failed.Apply(new DubTransition.Clean(), clock.GetUtcNow()), ct);
        await batches.ReleaseAsync(failed.Order, ct);
        await batches.CleanAsync(failed.Order, ct);
        // An attempt that was at it, and may wake up, is told by the document until that expires.
        if (failed is { IsDeleted: true, HeartbeatAt: null })
            await progress.RemoveAsync(failed.RequestId, ct);
    }
}
