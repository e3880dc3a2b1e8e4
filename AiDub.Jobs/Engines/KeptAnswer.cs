namespace AiDub.Jobs.Engines;

/// <summary>What an engine answered when it was asked what it can do, kept for ten minutes; an empty answer for one, so that what comes up is found.</summary>
/// <param name="ask">Asks.</param>
/// <param name="isEmpty">Whether an answer says that there is nothing.</param>
/// <param name="clock">Tells when an answer is old.</param>
internal sealed class KeptAnswer<T>(Func<CancellationToken, Task<T>> ask, Func<T, bool> isEmpty, TimeProvider clock) : IDisposable
    where T : class
{
    private static readonly TimeSpan EmptyFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(10);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private T? _answer;
    private DateTimeOffset _until;

    /// <summary>The answer, asked for when there is none or it is old.</summary>
    public async Task<T> GetAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            var now = clock.GetUtcNow();
            if (_answer is null || now >= _until)
            {
                _answer = await ask(ct);
                _until = now + (isEmpty(_answer) ? EmptyFor : KnownFor);
            }
            return _answer;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
