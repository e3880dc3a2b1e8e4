namespace AiDub.Jobs.Engines;

/// <summary>
/// What an engine answered when it was asked what is installed, kept so that not every request starts a process. An empty answer and a fault are
/// asked again after a minute, so that an engine which is installed while the service runs is found.
/// </summary>
internal sealed class InstalledLanguages<T>(Func<CancellationToken, Task<T>> ask, Func<T, bool> isEmpty, TimeProvider clock)
    : IDisposable
    where T : class
{
    private static readonly TimeSpan EmptyFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(10);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private T? _answer;
    private DateTimeOffset _until;

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
