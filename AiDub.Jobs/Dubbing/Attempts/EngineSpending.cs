using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing.Artifacts;

namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>
/// What one attempt of a dub spends on engines; written to an artifact of the attempt's own, so that no attempt overwrites another's.
/// </summary>
public sealed class EngineSpending(DubArtifacts artifacts, Guid requestId, int attempt)
{
    // How much a killed process may forget: each write is a small object.
    private const int WrittenEvery = 16;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Dictionary<string, EngineUsage> _spent = [];
    private int _unwritten;

    /// <summary>Adds what was spent.</summary>
    public void Add(string engine, int calls, long characters, double seconds)
    {
        lock (_lock)
        {
            var before = _spent.GetValueOrDefault(engine) ?? new EngineUsage(engine, 0, 0, 0);
            _spent[engine] = new EngineUsage(engine, before.Calls + calls, before.Characters + characters, before.Seconds + seconds);
            _unwritten++;
        }
    }

    /// <summary>Writes what was spent when enough has come together.</summary>
    public Task SaveSomeAsync(CancellationToken ct) => Volatile.Read(ref _unwritten) >= WrittenEvery ? SaveAsync(ct) : Task.CompletedTask;

    /// <summary>Writes what was spent, when there is anything new.</summary>
    public async Task SaveAsync(CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            EngineUsage[] spent;
            lock (_lock)
            {
                if (_unwritten == 0)
                    return;
                spent = [.. _spent.Values];
                _unwritten = 0;
            }
            await artifacts.WriteAsync(ObjectKeys.Usage(requestId, attempt), spent, ct);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>What all attempts of a dub spent so far, by engine.</summary>
    public static async Task<IReadOnlyList<EngineUsage>> OfAllAttemptsAsync(DubArtifacts artifacts, Guid requestId, CancellationToken ct)
    {
        var all = new List<EngineUsage>();
        foreach (var key in await artifacts.ListAsync(ObjectKeys.Usages(requestId), ct))
            all.AddRange(await artifacts.ReadAsync<EngineUsage[]>(key, ct));
        return EngineUsage.Sum(all);
    }
}
