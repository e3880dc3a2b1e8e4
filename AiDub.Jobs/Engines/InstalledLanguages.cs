using AiDub.Domain.Errors;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Engines;

/// <summary>
/// What a program says is installed, kept for ten minutes so that not every request starts a process. A program that is missing or does not answer
/// has nothing installed, and is asked again after a minute: one that is installed while the service runs is found.
/// </summary>
/// <param name="executable">The program.</param>
/// <param name="ask">Runs it and reads its answer.</param>
/// <param name="none">The answer of a program that is not there.</param>
/// <param name="clock">Tells when an answer is old.</param>
/// <param name="log">Told that the program is missing (debug) or does not answer (warning).</param>
internal sealed class InstalledLanguages<T>(string executable, Func<CancellationToken, Task<T>> ask, T none, TimeProvider clock, ILogger log)
    : IDisposable
    where T : class
{
    private static readonly TimeSpan NoneFor = TimeSpan.FromMinutes(1);
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
                _answer = await AskAsync(ct);
                _until = now + (ReferenceEquals(_answer, none) ? NoneFor : KnownFor);
            }
            return _answer;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<T> AskAsync(CancellationToken ct)
    {
        if (!InstalledTool.IsThere(executable))
        {
            log.LogDebug("{Tool} is not installed.", executable);
            return none;
        }
        try
        {
            return await ask(ct);
        }
        catch (Exception e) when (e is ToolFailedException or DubException)
        {
            log.LogWarning(e, "{Tool} does not say what it can do; it is left out for now.", executable);
            return none;
        }
    }
}
