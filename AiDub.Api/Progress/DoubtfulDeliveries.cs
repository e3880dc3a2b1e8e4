using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AiDub.Domain.Dubbing;

namespace AiDub.Api.Progress;

/// <summary>
/// Complete dubs whose document was to be taken when its store did not answer any more: whether it is gone, and with it the dub for whoever
/// polls it, nobody knows. The next poll here that finds none is told, for half an hour.
/// </summary>
/// <param name="clock">Tells the time.</param>
internal sealed class DoubtfulDeliveries(TimeProvider clock)
{
    // What nobody polls again is thrown away all at once; it can still be read.
    private const int MostKept = 1_000;

    // Less than the hour for which it is known at least that a dub was deleted: it is not told of afterwards.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<Guid, Doubt> _dubs = [];

    /// <summary>Notes a dub.</summary>
    public void Add(DubProgress dub)
    {
        if (_dubs.Count >= MostKept)
            _dubs.Clear();
        _dubs[dub.RequestId] = new Doubt(dub, clock.GetTimestamp());
    }

    /// <summary>Forgets a dub: it was delivered.</summary>
    public void Remove(Guid requestId) => _dubs.TryRemove(requestId, out _);

    /// <summary>Takes a dub of a user's, which one of all who ask at once gets.</summary>
    public bool TryTake(long userId, Guid requestId, [MaybeNullWhen(false)] out DubProgress dub)
    {
        dub = null;
        if (!_dubs.TryGetValue(requestId, out var doubt) || doubt.Dub.Order.UserId != userId)
            return false;
        if (!_dubs.TryRemove(KeyValuePair.Create(requestId, doubt)) || clock.GetElapsedTime(doubt.Since) >= Kept)
            return false;
        dub = doubt.Dub;
        return true;
    }

    private sealed record Doubt(DubProgress Dub, long Since);
}
