using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AiDub.Domain.Dubbing;

namespace AiDub.Api.Progress;

/// <summary>
/// Complete dubs whose document was to be taken when its store did not answer any more: whether it is gone, and with it the dub for whoever
/// polls it, nobody knows. The next poll here that finds none is told.
/// </summary>
internal sealed class DoubtfulDeliveries
{
    // What nobody polls again is thrown away all at once; it can still be read.
    private const int MostKept = 1_000;

    private readonly ConcurrentDictionary<Guid, DubProgress> _dubs = [];

    /// <summary>Notes a dub.</summary>
    public void Add(DubProgress dub)
    {
        if (_dubs.Count >= MostKept)
            _dubs.Clear();
        _dubs[dub.RequestId] = dub;
    }

    /// <summary>Forgets a dub: it was delivered, or deleted.</summary>
    public void Remove(Guid requestId) => _dubs.TryRemove(requestId, out _);

    /// <summary>Takes a dub of a user's, which one of all who ask at once gets.</summary>
    public bool TryTake(long userId, Guid requestId, [MaybeNullWhen(false)] out DubProgress dub) =>
        _dubs.TryGetValue(requestId, out dub) && dub.Order.UserId == userId && _dubs.TryRemove(KeyValuePair.Create(requestId, dub));
}
