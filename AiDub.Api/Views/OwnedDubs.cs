namespace AiDub.Api.Views;

/// <summary>The one look-up of a user's own dub by its id. Another user's dub is found as little as one that does not exist.</summary>
internal sealed class OwnedDubs(DubViews views)
{
    /// <summary>The dub by an id as it was sent; null when that is not a UUID, or this user has no such dub.</summary>
    public async Task<DubView?> FindAsync(long userId, string? requestId, CancellationToken ct) =>
        Guid.TryParseExact(requestId, "D", out var id) ? await FindAsync(userId, id, ct) : null;

    /// <summary>The dub; null when this user has no such dub.</summary>
    public async Task<DubView?> FindAsync(long userId, Guid requestId, CancellationToken ct) =>
        await views.FindAsync(requestId, ct) is { } view && view.Order.UserId == userId ? view : null;
}
