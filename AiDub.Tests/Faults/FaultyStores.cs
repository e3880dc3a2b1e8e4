using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Faults;

/// <summary>Progress documents whose store fails, or whose process dies, as a script says.</summary>
internal sealed class FaultyProgressStore(IProgressStore inner, FaultScript script) : IProgressStore
{
    public Task<bool> AddAsync(DubProgress progress, CancellationToken ct)
    {
        script.Accept(progress.Order);
        return script.WriteAsync("add", $"{progress.RequestId}", () => inner.AddAsync(progress, ct));
    }

    public Task<bool> AddWithinAsync(IReadOnlyList<DubProgress> dubs, int most, CancellationToken ct)
    {
        foreach (var dub in dubs)
            script.Accept(dub.Order);
        return script.WriteAsync("add", $"{dubs[0].RequestId}", () => inner.AddWithinAsync(dubs, most, ct));
    }

    public Task ForgetAsync(IReadOnlyList<DubProgress> refused, CancellationToken ct) =>
        script.WriteAsync("remove", $"{refused[0].RequestId}", () => inner.ForgetAsync(refused, ct));

    public Task<bool> RestartAsync(DubProgress next, CancellationToken ct)
    {
        script.Accept(next.Order);
        return script.WriteAsync("restart", $"{next.RequestId}", () => inner.RestartAsync(next, ct));
    }

    public Task<Rerun> RestartWithinAsync(DubProgress next, int most, CancellationToken ct)
    {
        script.Accept(next.Order);
        return script.WriteAsync("restart", $"{next.RequestId}", () => inner.RestartWithinAsync(next, most, ct));
    }

    public Task<Rerun> SaveFailedWithinAsync(DubProgress next, int most, CancellationToken ct) =>
        script.WriteAsync(
            "save", $"{next.RequestId} {next.Stage.ToWire()} {next.State}", () => inner.SaveFailedWithinAsync(next, most, ct));

    public Task<DubProgress?> FindAsync(Guid requestId, CancellationToken ct) =>
        script.ReadAsync("find", () => inner.FindAsync(requestId, ct));

    public Task<IReadOnlyList<DubProgress>> FindAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct) =>
        script.ReadAsync("find", () => inner.FindAsync(requestIds, ct));

    public Task<int> CountRunningAsync(long userId, CancellationToken ct) =>
        script.ReadAsync("count", () => inner.CountRunningAsync(userId, ct));

    public Task<DubProgress?> ClaimAsync(Guid requestId, DateTimeOffset now, DateTimeOffset staleBefore, CancellationToken ct) =>
        script.WriteAsync("claim", $"{requestId}", () => inner.ClaimAsync(requestId, now, staleBefore, ct));

    public Task<bool> SaveAsync(DubProgress next, CancellationToken ct) =>
        script.WriteAsync("save", $"{next.RequestId} {next.Stage.ToWire()} {next.State}", () => inner.SaveAsync(next, ct));

    public Task<bool> SaveFailedAsync(DubProgress next, CancellationToken ct) =>
        script.WriteAsync("save", $"{next.RequestId} {next.Stage.ToWire()} {next.State}", () => inner.SaveFailedAsync(next, ct));

    public Task<IReadOnlyList<DubProgress>> FindUnkeptAsync(DateTimeOffset before, int limit, CancellationToken ct) =>
        script.ReadAsync("unkept", () => inner.FindUnkeptAsync(before, limit, ct));

    public Task<DubProgress?> TakeCompleteAsync(long userId, Guid requestId, CancellationToken ct) =>
        script.ReadAsync("take", () => inner.TakeCompleteAsync(userId, requestId, ct));

    public Task<IReadOnlyList<DubProgress>> FindStaleAsync(
        DateTimeOffset before, DateTimeOffset ahead, DubProgress? after, int limit, CancellationToken ct) =>
        script.ReadAsync("stale", () => inner.FindStaleAsync(before, ahead, after, limit, ct));

    public Task<IReadOnlyList<DubProgress>> FindUnfinishedAsync(DubCursor? after, int limit, CancellationToken ct) =>
        script.ReadAsync("unfinished", () => inner.FindUnfinishedAsync(after, limit, ct));

    public Task<DubProgress> DeleteAsync(DubProgress deleted, CancellationToken ct) =>
        script.WriteAsync("tombstone", $"{deleted.RequestId}", () => inner.DeleteAsync(deleted, ct));

    public Task<IReadOnlyList<DubProgress>> ListAsync(DubQuery query, CancellationToken ct) =>
        script.ReadAsync("newest", () => inner.ListAsync(query, ct));

    public Task RemoveAsync(Guid requestId, CancellationToken ct) =>
        script.WriteAsync("remove", $"{requestId}", () => inner.RemoveAsync(requestId, ct));

    public Task<IReadOnlyList<Guid>> RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct) =>
        script.ReadAsync("expire", () => inner.RemoveExpiredAsync(now, ct));
}

/// <summary>The turns, in the same way.</summary>
internal sealed class FaultyDubTurns(IDubTurns inner, FaultScript script) : IDubTurns
{
    public Task OfferAsync(Guid requestId, QueuedJob job, DateTimeOffset now, DateTimeOffset readyAt, CancellationToken ct) =>
        script.WriteAsync("job", $"{requestId}", () => inner.OfferAsync(requestId, job, now, readyAt, ct));

    public Task<bool> OfferNewAsync(Guid requestId, QueuedJob job, string? insteadOf, DateTimeOffset now, CancellationToken ct) =>
        script.WriteAsync("job", $"{requestId}", () => inner.OfferNewAsync(requestId, job, insteadOf, now, ct));

    public Task<bool> BeginOfferAsync(DubProgress seen, DateTimeOffset now, CancellationToken ct) =>
        script.WriteAsync("offer", $"{seen.RequestId}", () => inner.BeginOfferAsync(seen, now, ct));

    public Task<DubTurn?> TakeAsync(TurnRequest request, CancellationToken ct) =>
        script.ReadAsync("turn", () => inner.TakeAsync(request, ct));

    public Task<bool> WithdrawAsync(Guid requestId, string jobId, CancellationToken ct) =>
        script.WriteAsync("withdraw", $"{requestId}", () => inner.WithdrawAsync(requestId, jobId, ct));

    public Task<DateTimeOffset?> NextAsync(IReadOnlyCollection<string> queues, CancellationToken ct) =>
        script.ReadAsync("next", () => inner.NextAsync(queues, ct));

    public Task<QueueDepth> DepthAsync(DateTimeOffset now, CancellationToken ct) =>
        script.ReadAsync("depth", () => inner.DepthAsync(now, ct));
}

/// <summary>The main table, in the same way.</summary>
internal sealed class FaultyDubStore(IDubStore inner, FaultScript script) : IDubStore
{
    public Task<bool> PutAsync(DubRecord record, CancellationToken ct) =>
        script.WriteAsync("record", $"{record.Order.RequestId}", () => inner.PutAsync(record, ct));

    public Task ShutOutAsync(Guid requestId, int attempt, CancellationToken ct) =>
        script.WriteAsync("bar", $"{requestId}", () => inner.ShutOutAsync(requestId, attempt, ct));

    public Task<int> FindShutOutAsync(Guid requestId, CancellationToken ct) =>
        script.ReadAsync("bar", () => inner.FindShutOutAsync(requestId, ct));

    public Task RemoveAsync(Guid requestId, int attempt, CancellationToken ct) =>
        script.WriteAsync("forget", $"{requestId}", () => inner.RemoveAsync(requestId, attempt, ct));

    public Task<IReadOnlyList<DubRecord>> FindFinishedAsync(DateTimeOffset before, int limit, CancellationToken ct) =>
        script.ReadAsync("finished", () => inner.FindFinishedAsync(before, limit, ct));

    public Task<IReadOnlyList<DubRecord>> FindLatestAsync(int limit, CancellationToken ct) =>
        script.ReadAsync("latest", () => inner.FindLatestAsync(limit, ct));

    public Task<IReadOnlyList<DubRecord>> FindEditableAsync(DateTimeOffset until, int limit, CancellationToken ct) =>
        script.ReadAsync("editable", () => inner.FindEditableAsync(until, limit, ct));

    public Task<IReadOnlyList<DubRecord>> FindEditableOfAsync(long userId, CancellationToken ct) =>
        script.ReadAsync("editable_of", () => inner.FindEditableOfAsync(userId, ct));

    public Task<bool> EndEditingAsync(Guid requestId, int revision, CancellationToken ct) =>
        script.WriteAsync("uneditable", $"{requestId}", () => inner.EndEditingAsync(requestId, revision, ct));

    public Task<DubRecord?> FindAsync(Guid requestId, CancellationToken ct) =>
        script.ReadAsync("lookup", () => inner.FindAsync(requestId, ct));

    public Task<IReadOnlyList<DubRecord>> FindAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct) =>
        script.ReadAsync("lookup", () => inner.FindAsync(requestIds, ct));

    public Task<IReadOnlyList<DubRecord>> ListAsync(DubQuery query, CancellationToken ct) =>
        script.ReadAsync("records", () => inner.ListAsync(query, ct));
}

/// <summary>The object store, in the same way.</summary>
internal sealed class FaultyObjectStore(IObjectStore inner, FaultScript script) : IObjectStore
{
    public Task PutAsync(string key, string path, string contentType, CancellationToken ct) =>
        script.WriteAsync("put", key, () => inner.PutAsync(key, path, contentType, ct));

    public Task<string> PutAndOpenAsync(string key, string path, string contentType, string directory, CancellationToken ct) =>
        script.WriteAsync("put", key, () => inner.PutAndOpenAsync(key, path, contentType, directory, ct));

    public Task<long?> SizeAsync(string key, CancellationToken ct) => script.ReadAsync("size", () => inner.SizeAsync(key, ct));

    public Task<string> MaterializeAsync(string key, string directory, CancellationToken ct) =>
        script.ReadAsync("open", () => inner.MaterializeAsync(key, directory, ct));

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken ct) =>
        script.ReadAsync("list", () => inner.ListAsync(prefix, ct));

    public Task DeleteAsync(string key, CancellationToken ct) => script.WriteAsync("delete", key, () => inner.DeleteAsync(key, ct));

    public Task<Uri> AddressAsync(string key, Uri publicBase, CancellationToken ct) =>
        script.ReadAsync("address", () => inner.AddressAsync(key, publicBase, ct));

    public Task<Uri> AddressAsync(string key, Uri publicBase, ServedName name, CancellationToken ct) =>
        script.ReadAsync("address", () => inner.AddressAsync(key, publicBase, name, ct));

    public string? KeyOf(string address) => inner.KeyOf(address);
}

/// <summary>The queue, in the same way.</summary>
internal sealed class FaultyQueue(IDubQueue inner, FaultScript script) : IDubQueue
{
    public Task<QueuedJob> EnqueueAsync(Guid requestId, string? likeJob, CancellationToken ct) =>
        script.WriteAsync("enqueue", $"{requestId}", () => inner.EnqueueAsync(requestId, likeJob, ct));

    public Task DropAsync(string jobId, CancellationToken ct) => script.WriteAsync("drop", jobId, () => inner.DropAsync(jobId, ct));
}
