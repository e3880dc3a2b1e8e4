using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;

namespace AiDub.Jobs.Dubbing.Retention;

/// <summary>
/// Cleans up after an attempt that lost its dub: removes what of its own does not count, and all files of a dub that is gone.
/// </summary>
public sealed class SupersededAttemptRemoval(IProgressStore progress, IDubStore dubs, IObjectStore objects, FailedDubRemoval removal)
{
    /// <summary>Removes it, going by what became of the dub; repeating it does no harm.</summary>
    public async Task RemoveAsync(DubContext context, CancellationToken ct)
    {
        await objects.DeleteAsync(context.Artifacts.Uncommitted, ct);
        var found = await progress.FindAsync(context.RequestId, ct);
        // From the parts another attempt may go on, while the dub runs or is kept for a retry.
        if (found is { State: DubState.Running } or { State: DubState.Failed, IsCancelled: false, KeptUntil: not null })
            return;
        // The attempt that was working on a cancelled dub is the one that knows when nothing is written any more.
        if (found is { IsCancelled: true })
            await removal.CleanAsync(found, ct);
        await RemovePartsAsync(context, ct);
    }

    private async Task RemovePartsAsync(DubContext context, CancellationToken ct)
    {
        if (await dubs.FindAsync(context.RequestId, ct) is not { } record)
        {
            // It failed, was cancelled, or was deleted so long ago that nothing says so any more.
            await removal.RemoveAsync(context.Claimed, ct);
            return;
        }
        var heard = record.EditableUntil is null ? [] : await HeardAsync(record, context, ct);
        await objects.DeleteAsync([.. context.Artifacts.Parts.Except(heard)], ct);
    }

    private async Task<IEnumerable<string>> HeardAsync(DubRecord record, DubContext context, CancellationToken ct)
    {
        var artifacts = new DubArtifacts(objects, context.Scratch, record.Response.Steps);
        var timeline = await artifacts.TryReadAsync<Timeline>(ObjectKeys.Timeline(context.RequestId, record.Order.Revision), ct);
        return timeline?.Segments.Select(s => s.Key) ?? context.Artifacts.Parts;
    }
}
