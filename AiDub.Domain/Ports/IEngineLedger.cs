namespace AiDub.Domain.Ports;

/// <summary>
/// What one dub has had from one engine: results of finished parts, so that a retry does not pay for them again, and what was spent.
/// </summary>
/// <remarks>Every member may be called from several threads at once.</remarks>
public interface IEngineLedger
{
    /// <summary>What was kept of a part, or null.</summary>
    /// <param name="part">All that the result depends on, such as the request itself; any text.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<string?> FindAsync(string part, CancellationToken ct);

    /// <summary>Keeps the result of a part beyond this attempt.</summary>
    Task KeepAsync(string part, string result, CancellationToken ct);

    /// <summary>Counts what was spent.</summary>
    /// <param name="calls">Requests sent, or programs run; 0 or more.</param>
    /// <param name="characters">Characters of text that were taken in; 0 or more.</param>
    /// <param name="seconds">Seconds of sound that were taken in; 0 or more.</param>
    void Spend(int calls, long characters, double seconds);
}

/// <summary>A ledger for work outside of a dub: it keeps and counts nothing.</summary>
public sealed class NoLedger : IEngineLedger
{
    private NoLedger()
    {
    }

    /// <summary>The one that there is.</summary>
    public static NoLedger Instance { get; } = new();

    /// <inheritdoc/>
    public Task<string?> FindAsync(string part, CancellationToken ct) => Task.FromResult<string?>(null);

    /// <inheritdoc/>
    public Task KeepAsync(string part, string result, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Spend(int calls, long characters, double seconds)
    {
    }
}
