using AiDub.Domain.Ports;

namespace AiDub.Api.Polling;

/// <summary>Reads dubs without delivering them.</summary>
public sealed class DubViews(IProgressStore progress, IDubStore dubs)
{
    /// <summary>A dub, or null when there is none.</summary>
    public async Task<DubView?> FindAsync(Guid requestId, CancellationToken ct)
    {
        if (await progress.FindAsync(requestId, ct) is { } running)
            return DubView.Of(running);
        // The record is written before the document is complete, so whoever finds neither finds nothing.
        return await dubs.FindAsync(requestId, ct) is { } record ? DubView.Of(record) : null;
    }

    /// <summary>A user's dub by an id as it was sent; null when that is none, or the dub unknown or another user's.</summary>
    public async Task<DubView?> FindAsync(long userId, string? requestId, CancellationToken ct) =>
        Guid.TryParseExact(requestId, "D", out var id) && await FindAsync(id, ct) is { } view && view.Order.UserId == userId ? view : null;
}
