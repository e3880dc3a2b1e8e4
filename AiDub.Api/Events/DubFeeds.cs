using AiDub.Api.Views;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Events;

/// <summary>Follows dubs for those who listen: one reader a dub, however many its listeners, and none once the last has left.</summary>
/// <remarks>It knows of changes only by reading the store, so any number of processes may do it beside one another.</remarks>
internal sealed class DubFeeds(DubViews views, IOptions<EventOptions> options, TimeProvider clock, ILogger<DubFeeds> log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, DubFeed> _feeds = [];

    /// <summary>How many dubs are being read.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _feeds.Count;
        }
    }

    /// <summary>Begins to listen to a dub.</summary>
    /// <param name="seen">The dub as the listener knows it.</param>
    public DubListener Listen(DubView seen)
    {
        lock (_lock)
        {
            var id = seen.Order.RequestId;
            // A dub that has ended may have been retried since.
            if (!_feeds.TryGetValue(id, out var feed) || feed.HasEnded)
            {
                _feeds[id] = feed = new DubFeed(seen);
                _ = ReadAsync(feed, id);
            }
            feed.Listeners++;
            return new DubListener(feed, () => Leave(feed, id));
        }
    }

    private void Leave(DubFeed feed, Guid id)
    {
        lock (_lock)
        {
            if (--feed.Listeners > 0)
                return;
            Remove(feed, id);
            feed.Stop.Cancel();
        }
    }

    private void Remove(DubFeed feed, Guid id)
    {
        lock (_lock)
        {
            if (_feeds.GetValueOrDefault(id) == feed)
                _feeds.Remove(id);
        }
    }

    private async Task ReadAsync(DubFeed feed, Guid id)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.PollSeconds), clock);
        var isDown = false;
        try
        {
            while (!feed.HasEnded && await timer.WaitForNextTickAsync(feed.Stop.Token))
            {
                try
                {
                    feed.Tell(await views.FindAsync(id, feed.Stop.Token));
                    isDown = false;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    if (!isDown)
                        log.LogWarning(e, "Dub {RequestId} could not be read for its listeners; it will be tried again.", id);
                    isDown = true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
        Remove(feed, id);
    }
}
