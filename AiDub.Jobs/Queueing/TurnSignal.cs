namespace AiDub.Jobs.Queueing;

/// <summary>Wakes the worker of this process that looks for a dub, so that it need not look again and again.</summary>
public sealed class TurnSignal : IDisposable
{
    private readonly SemaphoreSlim _set = new(0);
    private volatile bool _isTold;

    /// <summary>Whether this process is told of the dubs that others offer; while it is not, it has to look.</summary>
    public bool IsTold
    {
        get => _isTold;
        set => _isTold = value;
    }

    /// <summary>Says that a dub may be there to be taken.</summary>
    public void Set()
    {
        // One that is set needs not be set again; one too many does no harm.
        if (_set.CurrentCount == 0)
            _set.Release();
    }

    /// <summary>Waits until it is set, and takes that back; for no longer than a time.</summary>
    /// <returns>Whether it was set.</returns>
    public bool Wait(TimeSpan longest, CancellationToken ct) => _set.Wait(longest, ct);

    /// <inheritdoc />
    public void Dispose() => _set.Dispose();
}
