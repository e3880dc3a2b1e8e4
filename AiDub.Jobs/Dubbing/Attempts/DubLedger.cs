using System.Security.Cryptography;
using System.Text;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Artifacts;

namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>One call of an engine: keeps its finished parts among the dub's artifacts, named by a hash of what they depend on.</summary>
public sealed class DubLedger(string engine, Guid requestId, DubArtifacts artifacts, EngineSpending spending) : IEngineLedger
{
    private volatile bool _counts;

    /// <inheritdoc/>
    public async Task<string?> FindAsync(string part, CancellationToken ct)
    {
        // An engine that asks for parts counts for itself: nothing may be left to pay for.
        _counts = true;
        return (await artifacts.TryReadAsync<Partial>(KeyOf(part), ct))?.Result;
    }

    /// <inheritdoc/>
    public async Task KeepAsync(string part, string result, CancellationToken ct)
    {
        await artifacts.WriteAsync(KeyOf(part), new Partial(result), ct);
        await spending.SaveAsync(ct);
    }

    /// <inheritdoc/>
    public void Spend(int calls, long characters, double seconds)
    {
        _counts = true;
        spending.Add(engine, calls, characters, seconds);
    }

    /// <summary>Counts the call as one when the engine counted nothing itself.</summary>
    public void CountUncounted(long characters, double seconds)
    {
        if (!_counts)
            spending.Add(engine, 1, characters, seconds);
    }

    private string KeyOf(string part)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(engine + "\n" + part));
        return ObjectKeys.Partials(requestId) + Convert.ToHexStringLower(hash) + ".json";
    }

    private sealed record Partial(string Result);
}
