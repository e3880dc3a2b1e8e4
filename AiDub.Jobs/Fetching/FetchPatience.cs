using AiDub.Domain.Errors;

namespace AiDub.Jobs.Fetching;

/// <summary>A server that says when to ask again.</summary>
internal sealed class BusySourceException(int status, TimeSpan wait) : Exception($"The source server answered {status}.")
{
    /// <summary>How long it wants to be left alone.</summary>
    public TimeSpan Wait { get; } = wait;
}

/// <summary>How often, and how soon, a server is asked again within one fetch; beyond it the dub as a whole is tried again.</summary>
internal sealed class FetchPatience(TimeProvider clock)
{
    private const int MaxBusy = 3;
    private const int MaxStill = 3;
    private const int MaxRequests = 1000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private long _furthest;
    private int _requests;
    private int _still;
    private int _busy;

    /// <summary>Waits for as long as a busy server asks, a few times and not for long.</summary>
    /// <exception cref="TransientDubException">It was busy too often, or for too long.</exception>
    public async Task WaitAsync(BusySourceException busy, CancellationToken ct)
    {
        if (++_busy > MaxBusy || busy.Wait > LongestWait)
            throw new TransientDubException(busy.Message, busy);
        await Task.Delay(busy.Wait, clock, ct);
    }

    /// <summary>
    /// After a transfer that did not bring all: at once when it brought more than any before, else after growing waits, a few times.
    /// </summary>
    /// <param name="furthest">How much was there at most.</param>
    /// <param name="fault">What ended the transfer; null when the server sent a part and no more.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="TransientDubException">Nothing more comes.</exception>
    public async Task WaitForMoreAsync(long furthest, TransientDubException? fault, CancellationToken ct)
    {
        var isMore = furthest > _furthest;
        _still = isMore ? 0 : _still + 1;
        if (_still > MaxStill || ++_requests > MaxRequests)
            throw fault ?? new TransientDubException("The source server does not send the whole source.");
        _furthest = furthest;
        if (!isMore)
            await Task.Delay(TimeSpan.FromSeconds(0.25 * (1 << _still)), clock, ct);
    }
}
