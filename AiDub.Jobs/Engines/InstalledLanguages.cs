using AiDub.Domain.Errors;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Engines;

/// <summary>
/// What a program says is installed, kept so that not every request starts a process. A program that is missing or does not answer has nothing
/// installed.
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
    /// <summary>How long a program may take to say what it can do before it counts as hung.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int Asks = 2;

    private readonly KeptAnswer<T> _kept = new(ct => AskAsync(executable, ask, none, log, ct), answer => ReferenceEquals(answer, none), clock);

    /// <summary>The answer, asked for when there is none or it is old.</summary>
    public Task<T> GetAsync(CancellationToken ct) => _kept.GetAsync(ct);

    public void Dispose() => _kept.Dispose();

    private static async Task<T> AskAsync(string executable, Func<CancellationToken, Task<T>> ask, T none, ILogger log, CancellationToken ct)
    {
        if (!InstalledTool.IsThere(executable))
        {
            log.LogDebug("{Tool} is not installed.", executable);
            return none;
        }
        // A fault may pass; one that does not leaves the program out, and every language with it.
        for (var asked = 1; ; asked++)
        {
            try
            {
                return await ask(ct);
            }
            catch (Exception e) when (e is ToolFailedException or DubException)
            {
                log.LogWarning(e, "{Tool} does not say what it can do (asked {Asked} times).", executable, asked);
                if (asked == Asks)
                    return none;
            }
        }
    }
}
