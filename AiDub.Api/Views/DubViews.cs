using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Api.Views;

/// <summary>Reads dubs without delivering them, before and after their final response was.</summary>
internal sealed class DubViews(IProgressStore progress, IDubStore dubs)
{
    /// <summary>A dub, whoever's it is; null when there is none.</summary>
    public async Task<DubView?> FindAsync(Guid requestId, CancellationToken ct)
    {
        var running = await progress.FindAsync(requestId, ct);
        if (running is { State: not DubState.Complete, Order.Revision: 0 })
            return DubView.Of(running);
        // The record is written before the document is complete, so whoever finds neither finds nothing.
        var record = await dubs.FindAsync(requestId, ct);
        if (running is not null)
            return DubView.Of(running, record);
        return record is null ? null : DubView.Of(record);
    }

    /// <summary>Which of these dubs there are, whoever's they are: by one read of each store, however many.</summary>
    public async Task<IReadOnlySet<Guid>> ThereAreAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct)
    {
        if (requestIds.Count == 0)
            return new HashSet<Guid>();
        // Documents first, as above; one that says that its dub was deleted outdoes a record.
        var documents = (await progress.FindAsync(requestIds, ct)).ToDictionary(dub => dub.RequestId, dub => !dub.IsDeleted);
        var rest = requestIds.Where(id => !documents.ContainsKey(id)).ToList();
        var records = rest.Count == 0 ? [] : await dubs.FindAsync(rest, ct);
        return documents.Where(dub => dub.Value).Select(dub => dub.Key).Concat(records.Select(dub => dub.Order.RequestId)).ToHashSet();
    }
}
