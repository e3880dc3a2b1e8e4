using System.Collections.Concurrent;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Jobs.Engines;

/// <summary>A ledger in memory, as a dub's is in its artifacts.</summary>
internal sealed class MemoryLedger : IEngineLedger
{
    private readonly Lock _lock = new();

    public ConcurrentDictionary<string, string> Kept { get; } = [];

    public int Calls { get; private set; }

    public long Characters { get; private set; }

    public double Seconds { get; private set; }

    public Task<string?> FindAsync(string part, CancellationToken ct) => Task.FromResult(Kept.GetValueOrDefault(part));

    public Task KeepAsync(string part, string result, CancellationToken ct)
    {
        Kept[part] = result;
        return Task.CompletedTask;
    }

    public void Spend(int calls, long characters, double seconds)
    {
        lock (_lock)
            (Calls, Characters, Seconds) = (Calls + calls, Characters + characters, Seconds + seconds);
    }
}
