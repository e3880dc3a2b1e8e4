using AiDub.Domain.Errors;

namespace AiDub.Jobs.Engines;

/// <summary>
/// What an engine answered when it was asked what it can do, kept for ten minutes; an empty answer for one, so that what comes up is found.
/// </summary>
/// <remarks>
/// Somebody waits for it who wants to submit a dub: an engine that does not answer holds nobody up for long, and is asked by one at a time.
/// What it said before counts until it has answered again.
/// </remarks>
/// <param name="ask">Asks.</param>
/// <param name="isEmpty">Whether an answer says that there is nothing.</param>
/// <param name="clock">Tells when an answer is old.</param>
/// <param name="patience">How long a first answer is waited for; default 10 s. A new one is for a fifth of that.</param>
internal sealed class KeptAnswer<T>(
    Func<CancellationToken, Task<T>> ask, Func<T, bool> isEmpty, TimeProvider clock, TimeSpan? patience = null) : IDisposable
    where T : class
{
    private static readonly TimeSpan EmptyFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(10);
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _turn = new();
    private Task<T>? _asking;
    private T? _answer;
    private DateTimeOffset _until;
    private bool _isDisposed;

    /// <summary>The answer, asked for when there is none or it is old.</summary>
    /// <exception cref="TransientDubException">There was never an answer, and none comes in time.</exception>
    public async Task<T> GetAsync(CancellationToken ct)
    {
        Task<T> asking;
        T? known;
        lock (_turn)
        {
            known = _answer;
            // Nothing is kept for longer, also when the clock was put back.
            if (known is not null && _until - clock.GetUtcNow() is { Ticks: > 0 } left && left <= KnownFor)
                return known;
            // By nobody's token in particular: whoever else waits still wants the answer.
            asking = _asking ??= Task.Run(() => AskAsync(_ended.Token), CancellationToken.None);
        }
        try
        {
            return await asking.WaitAsync(known is null || isEmpty(known) ? _patience : _patience / 5, clock, ct);
        }
        catch (TimeoutException e)
        {
            return known ?? throw new TransientDubException("Which languages can be had is not known yet: an engine does not answer.", e);
        }
    }

    /// <summary>Ends the asking; an engine that is registered as several services is disposed of as often.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task<T> AskAsync(CancellationToken ct)
    {
        try
        {
            var answer = await ask(ct);
            lock (_turn)
                (_answer, _until) = (answer, clock.GetUtcNow() + (isEmpty(answer) ? EmptyFor : KnownFor));
            return answer;
        }
        finally
        {
            lock (_turn)
                _asking = null;
        }
    }
}
