using Microsoft.Extensions.Options;

namespace AiDub.Api.Events;

/// <summary>Counts the streams that each user has open at this process.</summary>
public sealed class StreamSlots(IOptions<EventOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, int> _taken = [];

    /// <summary>How many streams are open.</summary>
    public int Taken
    {
        get
        {
            lock (_lock)
                return _taken.Values.Sum();
        }
    }

    /// <summary>A place for one more stream of a user, given back when it is disposed; null when the user has as many as may be.</summary>
    public IDisposable? TryTake(long userId)
    {
        lock (_lock)
        {
            var taken = _taken.GetValueOrDefault(userId);
            if (taken >= options.Value.MaxStreamsPerUser)
                return null;
            _taken[userId] = taken + 1;
            return new Slot(this, userId);
        }
    }

    private void GiveBack(long userId)
    {
        lock (_lock)
        {
            if (--_taken[userId] == 0)
                _taken.Remove(userId);
        }
    }

    private sealed class Slot(StreamSlots slots, long userId) : IDisposable
    {
        private bool _isFree;

        public void Dispose()
        {
            if (!_isFree)
                slots.GiveBack(userId);
            _isFree = true;
        }
    }
}
