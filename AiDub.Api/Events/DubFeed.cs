using AiDub.Api.Views;
using AiDub.Domain.Dubbing;

namespace AiDub.Api.Events;

/// <summary>
/// A dub as it was last read, and the wait for it to change. A listener that is slow misses what was between, never what is last.
/// </summary>
internal sealed class DubFeed(DubView seen)
{
    private volatile Page _page = new(seen);

    public int Listeners { get; set; }

    public CancellationTokenSource Stop { get; } = new();

    public Page Current => _page;

    /// <summary>Whether nothing more will be told: the dub has ended or is gone.</summary>
    public bool HasEnded => _page.View is not { State: DubState.Running };

    /// <summary>Tells the listeners of a change; null: the dub is gone.</summary>
    public void Tell(DubView? view)
    {
        var page = _page;
        if (view is not null && page.View?.Version == view.Version)
            return;
        _page = new Page(view);
        page.Turned.SetResult();
    }

    /// <summary>What was read, and the signal that it is no longer the last.</summary>
    public sealed record Page(DubView? View)
    {
        public TaskCompletionSource Turned { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>One listener of a dub; leaves it when it is disposed.</summary>
internal sealed class DubListener : IDisposable
{
    private readonly DubFeed _feed;
    private Action? _leave;

    internal DubListener(DubFeed feed, Action leave) => (_feed, _leave) = (feed, leave);

    /// <summary>The dub once it is another than that of <paramref name="seen"/>; null when it is gone.</summary>
    public async Task<DubView?> NextAsync(DubView seen, CancellationToken ct)
    {
        // A feed that was there before may know less than the listener does.
        while (_feed.Current is { View: { } view } page && (view.Version <= seen.Version && view.State == seen.State))
            await page.Turned.Task.WaitAsync(ct);
        return _feed.Current.View;
    }

    /// <inheritdoc />
    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
}
