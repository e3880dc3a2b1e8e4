using AiDub.Domain.Errors;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Engines;

/// <summary>
/// What a program says is installed, kept so that not every request starts a process. A program that is missing has nothing installed; one
/// that does not answer has what it last had.
/// </summary>
internal sealed class InstalledLanguages<T> : IDisposable
    where T : class
{
    /// <summary>How long a program may take to say what it can do before it counts as hung.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int Asks = 2;

    private readonly string _executable;
    private readonly Func<CancellationToken, Task<T>> _ask;
    private readonly T _none;
    private readonly ILogger _log;
    private readonly KeptAnswer<T> _kept;
    private T? _said;

    /// <summary>Nothing is asked yet.</summary>
    /// <param name="executable">The program.</param>
    /// <param name="ask">Runs it and reads its answer.</param>
    /// <param name="none">The answer of a program that is not there.</param>
    /// <param name="clock">Tells when an answer is old.</param>
    /// <param name="log">Told that the program is missing (debug) or does not answer (warning).</param>
    public InstalledLanguages(string executable, Func<CancellationToken, Task<T>> ask, T none, TimeProvider clock, ILogger log)
    {
        (_executable, _ask, _none, _log) = (executable, ask, none, log);
        _kept = new KeptAnswer<T>(AskAsync, answer => ReferenceEquals(answer, none), clock);
    }

    /// <summary>The answer, asked for when there is none or it is old.</summary>
    /// <exception cref="TransientDubException">There was never an answer, and none comes within ten seconds.</exception>
    public Task<T> GetAsync(CancellationToken ct) => _kept.GetAsync(ct);

    public void Dispose() => _kept.Dispose();

    private async Task<T> AskAsync(CancellationToken ct)
    {
        if (!InstalledTool.IsThere(_executable))
        {
            _log.LogDebug("{Tool} is not installed.", _executable);
            return _none;
        }
        // A fault may pass; one that does not leaves a program out that never answered, and every language with it.
        for (var asked = 1; ; asked++)
        {
            try
            {
                return _said = await _ask(ct);
            }
            catch (Exception e) when (e is ToolFailedException or DubException)
            {
                _log.LogWarning(e, "{Tool} does not say what it can do (asked {Asked} times).", _executable, asked);
                if (asked == Asks)
                    return _said ?? _none;
            }
        }
    }
}
