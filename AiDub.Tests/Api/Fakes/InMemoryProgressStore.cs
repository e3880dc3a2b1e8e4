using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Api.Fakes;

/// <summary>Progress documents in memory; every operation is atomic under one lock.</summary>
public sealed class InMemoryProgressStore : IProgressStore, IDubTurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, DubProgress> _documents = [];

    private int _finds;

    /// <summary>How often a document, or several by one read, were looked for.</summary>
    public int Finds => _finds;

    /// <summary>Thrown by every read while it is set.</summary>
    public Exception? Fault { get; set; }

    public IReadOnlyList<DubProgress> All
    {
        get
        {
            lock (_lock)
                return [.. _documents.Values];
        }
    }

    public void Put(DubProgress progress)
    {
        lock (_lock)
            _documents[progress.RequestId] = progress;
    }

    public void Clear()
    {
        lock (_lock)
            _documents.Clear();
    }

    /// <summary>Thrown by a write while it is set, once this many were written.</summary>
    public (int After, Exception Exception)? WriteFault { get; set; }

    public Task<bool> AddAsync(DubProgress progress, CancellationToken ct)
    {
        if (WriteFault is { } fault && All.Count >= fault.After)
            throw fault.Exception;
        lock (_lock)
            return Task.FromResult(_documents.TryAdd(progress.RequestId, progress));
    }

    public async Task<bool> AddWithinAsync(IReadOnlyList<DubProgress> dubs, int most, CancellationToken ct)
    {
        await Task.Yield(); // A store answers later; let other submissions in between.
        lock (_lock)
        {
            if (!HasRoom(dubs, most))
                return false;
            foreach (var dub in dubs)
            {
                if (WriteFault is { } fault && _documents.Count >= fault.After)
                    throw fault.Exception;
                _documents.TryAdd(dub.RequestId, dub);
            }
            return true;
        }
    }

    public Task<bool> RestartAsync(DubProgress next, CancellationToken ct)
    {
        lock (_lock)
            return Task.FromResult(Restart(next));
    }

    private bool Restart(DubProgress next)
    {
        if (_documents.GetValueOrDefault(next.RequestId) is { State: DubState.Running })
            return false;
        _documents[next.RequestId] = next;
        return true;
    }

    public async Task<Rerun> RestartWithinAsync(DubProgress next, int most, CancellationToken ct)
    {
        await Task.Yield();
        lock (_lock)
        {
            if (!HasRoom([next], most))
                return Rerun.TooMany;
            return Restart(next) ? Rerun.Begun : Rerun.Refused;
        }
    }

    public async Task<Rerun> SaveFailedWithinAsync(DubProgress next, int most, CancellationToken ct)
    {
        await Task.Yield();
        lock (_lock)
        {
            if (!HasRoom([next], most))
                return Rerun.TooMany;
            return SaveFailed(next) ? Rerun.Begun : Rerun.Refused;
        }
    }

    private bool HasRoom(IReadOnlyList<DubProgress> dubs, int most)
    {
        var ids = dubs.Select(dub => dub.RequestId).ToHashSet();
        var others = _documents.Values.Count(
            dub => dub.Order.UserId == dubs[0].Order.UserId && dub.State == DubState.Running && !ids.Contains(dub.RequestId));
        return others + dubs.Count <= most;
    }

    public Task<DubProgress?> FindAsync(Guid requestId, CancellationToken ct)
    {
        Interlocked.Increment(ref _finds);
        if (Fault is not null)
            throw Fault;
        lock (_lock)
            return Task.FromResult(_documents.GetValueOrDefault(requestId));
    }

    public Task<IReadOnlyList<DubProgress>> FindAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct)
    {
        Interlocked.Increment(ref _finds);
        return Task.FromResult<IReadOnlyList<DubProgress>>([.. All.Where(dub => requestIds.Contains(dub.RequestId))]);
    }

    public Task OfferAsync(Guid requestId, QueuedJob job, DateTimeOffset now, DateTimeOffset readyAt, CancellationToken ct)
    {
        lock (_lock)
            if (_documents.TryGetValue(requestId, out var found) && found is { State: DubState.Running, HeartbeatAt: null })
                _documents[requestId] = found with { JobId = job.Id, ReadyAt = readyAt, UpdatedAt = now };
        return Task.CompletedTask;
    }

    public Task<bool> OfferNewAsync(Guid requestId, QueuedJob job, string? insteadOf, DateTimeOffset now, CancellationToken ct)
    {
        lock (_lock)
        {
            var isOffered = _documents.TryGetValue(requestId, out var found)
                && found is { State: DubState.Running, HeartbeatAt: null } && (found.JobId is null || found.JobId == insteadOf);
            if (isOffered)
                _documents[requestId] = found! with { JobId = job.Id, ReadyAt = now, UpdatedAt = now };
            return Task.FromResult(isOffered);
        }
    }

    public Task<QueueDepth> DepthAsync(DateTimeOffset now, CancellationToken ct)
    {
        var waiting = All.Where(dub => dub.State == DubState.Running && dub.HeartbeatAt is null).ToList();
        return Task.FromResult(new QueueDepth(waiting.Count, waiting.Count == 0 ? null : waiting.Min(dub => dub.CreatedAt)));
    }

    /// <summary>Thrown while it is set once a document was taken: its answer is lost on the way.</summary>
    public Exception? LostAnswer { get; set; }

    public async Task<DubProgress?> TakeCompleteAsync(long userId, Guid requestId, CancellationToken ct)
    {
        await Task.Yield(); // A store answers later; let other polls in between.
        lock (_lock)
        {
            var isTaken = _documents.TryGetValue(requestId, out var found) && found.Order.UserId == userId
                && found.State == DubState.Complete && _documents.Remove(requestId);
            return LostAnswer is null ? isTaken ? found : null : throw LostAnswer;
        }
    }

    public async Task<int> CountRunningAsync(long userId, CancellationToken ct)
    {
        await Task.Yield(); // A store answers later; let other requests in between.
        return All.Count(dub => dub.Order.UserId == userId && dub.State == DubState.Running);
    }

    public Task<DubProgress> DeleteAsync(DubProgress deleted, CancellationToken ct)
    {
        lock (_lock)
            return Task.FromResult(_documents[deleted.RequestId] = deleted);
    }

    public Task<IReadOnlyList<DubProgress>> ListAsync(DubQuery query, CancellationToken ct) => Task.FromResult<IReadOnlyList<DubProgress>>(
        [.. All.Where(dub => dub.Order.UserId == query.UserId
            && (query.ProjectId is null || dub.Order.ProjectId == query.ProjectId)
            && (query.After is null || dub.Cursor.CompareTo(query.After.Value) > 0)
            && (query.State is null || (dub.Listed == query.State && !dub.IsDeleted)))
            .OrderBy(dub => dub.Cursor).Take(query.Limit)]);

    public Task ForgetAsync(IReadOnlyList<DubProgress> refused, CancellationToken ct) =>
        Task.WhenAll(refused.Select(dub => RemoveAsync(dub.RequestId, ct)));

    public Task RemoveAsync(Guid requestId, CancellationToken ct)
    {
        lock (_lock)
            _documents.Remove(requestId);
        return Task.CompletedTask;
    }

    public Task<DubProgress?> ClaimAsync(Guid requestId, DateTimeOffset now, DateTimeOffset staleBefore, CancellationToken ct) =>
        throw new NotSupportedException("The API claims nothing.");

    public Task<bool> SaveAsync(DubProgress next, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_documents.GetValueOrDefault(next.RequestId) is not { State: DubState.Running } now
                || (now.Attempt, now.Order.Revision) != (next.Attempt, next.Order.Revision))
                return Task.FromResult(false);
            _documents[next.RequestId] = next;
            return Task.FromResult(true);
        }
    }

    public async Task<bool> SaveFailedAsync(DubProgress next, CancellationToken ct)
    {
        await Task.Yield();
        lock (_lock)
            return SaveFailed(next);
    }

    private bool SaveFailed(DubProgress next)
    {
        if (_documents.GetValueOrDefault(next.RequestId) is not { State: DubState.Failed })
            return false;
        _documents[next.RequestId] = next;
        return true;
    }

    public Task<IReadOnlyList<DubProgress>> FindUnkeptAsync(DateTimeOffset before, int limit, CancellationToken ct) =>
        throw new NotSupportedException("The API sweeps nothing.");

    public Task<IReadOnlyList<DubProgress>> FindStaleAsync(
        DateTimeOffset before, DateTimeOffset ahead, DubProgress? after, int limit, CancellationToken ct) =>
        throw new NotSupportedException("The API sweeps nothing.");

    public Task<IReadOnlyList<DubProgress>> FindUnfinishedAsync(DubCursor? after, int limit, CancellationToken ct) =>
        throw new NotSupportedException("The API sweeps nothing.");

    public Task<bool> BeginOfferAsync(DubProgress seen, DateTimeOffset now, CancellationToken ct) =>
        throw new NotSupportedException("The API sweeps nothing.");

    public Task<DubTurn?> TakeAsync(TurnRequest request, CancellationToken ct) => throw new NotSupportedException("The API takes nothing.");

    public Task<bool> WithdrawAsync(Guid requestId, string jobId, CancellationToken ct) =>
        throw new NotSupportedException("The API takes nothing.");

    public Task<DateTimeOffset?> NextAsync(IReadOnlyCollection<string> queues, CancellationToken ct) =>
        throw new NotSupportedException("The API takes nothing.");

    public Task<IReadOnlyList<Guid>> RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct) =>
        throw new NotSupportedException("The API sweeps nothing.");
}
