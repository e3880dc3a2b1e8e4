using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Engines.Checking;

/// <summary>What is done with an answer that cannot be right: the engine is asked again, and fails by name when it keeps to it.</summary>
internal static class Implausible
{
    private const int Tries = 3;

    /// <summary>Asks until the answer can be right.</summary>
    /// <param name="engine">The engine's name.</param>
    /// <param name="ledger">The dub's ledger of the engine.</param>
    /// <param name="ask">Asks, with the ledger that it is given.</param>
    /// <param name="faultOf">What is wrong with an answer; null: nothing.</param>
    /// <param name="log">Told what was wrong.</param>
    /// <exception cref="PermanentDubException">No answer was right (<c>engine_garbage</c>).</exception>
    public static async Task<T> AskAsync<T>(
        string engine, IEngineLedger ledger, Func<IEngineLedger, Task<T>> ask, Func<T, string?> faultOf, ILogger log)
    {
        for (var tries = 1; ; tries++)
        {
            var fault = "it cannot be read";
            Exception? cause = null;
            try
            {
                // What was kept of an answer that was wrong is not asked for, and is overwritten.
                var answer = await ask(tries == 1 ? ledger : new FreshLedger(ledger));
                if (faultOf(answer) is not { } found)
                    return answer;
                fault = found;
            }
            catch (Exception e) when (e is ArgumentException or InvalidDataException or FormatException or OverflowException)
            {
                cause = e;
            }
            log.LogWarning("{Engine} answered with what cannot be right (try {Try} of {Tries}): {Fault}.", engine, tries, Tries, fault);
            if (tries == Tries)
                throw new PermanentDubException(
                    FailureCode.EngineGarbage, $"{engine} kept answering with what cannot be right: {fault}.", cause);
        }
    }

    /// <summary>Whether another engine is to do the work of one that failed so.</summary>
    public static bool IsToBeLeft(DubException error) =>
        (error as PermanentDubException)?.Code == FailureCode.EngineGarbage || error is TransientDubException { IsEngineLeftOut: true };

    /// <summary>Asks engines in order until one works and its answers can be right.</summary>
    /// <param name="engines">Those that can do what is asked, the preferred one first.</param>
    /// <param name="ask">Asks one.</param>
    /// <param name="left">Told of one that is left for the next.</param>
    public static async Task<T> FirstAsync<TEngine, T>(
        IReadOnlyList<TEngine> engines, Func<TEngine, Task<T>> ask, Action<TEngine, TEngine> left)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await ask(engines[i]);
            }
            catch (DubException e) when (IsToBeLeft(e) && i < engines.Count - 1)
            {
                left(engines[i], engines[i + 1]);
            }
        }
    }

    private sealed class FreshLedger(IEngineLedger inner) : IEngineLedger
    {
        public Task<string?> FindAsync(string part, CancellationToken ct) => Task.FromResult<string?>(null);

        public Task KeepAsync(string part, string result, CancellationToken ct) => inner.KeepAsync(part, result, ct);

        public void Spend(int calls, long characters, double seconds) => inner.Spend(calls, characters, seconds);
    }
}
