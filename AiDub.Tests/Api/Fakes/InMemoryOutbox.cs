using System.Collections.Concurrent;
using AiDub.Domain.Callbacks;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Api.Fakes;

/// <summary>Callbacks that a test puts there; the API's controllers only read them.</summary>
public sealed class InMemoryOutbox : ICallbackOutbox
{
    public ConcurrentQueue<CallbackDelivery> Deliveries { get; } = [];

    public Task<IReadOnlyList<CallbackDelivery>> FindAsync(Guid requestId, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<CallbackDelivery>>([.. Deliveries.Where(d => d.RequestId == requestId)]);

    public Task AddAsync(CallbackDelivery delivery, CancellationToken ct) => throw new NotSupportedException();

    public Task<CallbackDelivery?> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, BusyCallbacks busy, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<int> RemoveEndedAsync(DateTimeOffset before, CancellationToken ct) => Task.FromResult(0);

    public Task<bool> SaveAsync(CallbackDelivery next, CancellationToken ct) => throw new NotSupportedException();

    public Task RemoveAsync(Guid requestId, int attempt, CancellationToken ct) => throw new NotSupportedException();

    public Task RemoveAllAsync(Guid requestId, CancellationToken ct)
    {
        var all = Enumerable
            .Range(0, Deliveries.Count)
            .Select(_ => Deliveries.TryDequeue(out var delivery) ? delivery : null)
            .OfType<CallbackDelivery>()
            .ToList();
        foreach (var kept in all)
        {
            if (kept.RequestId != requestId)
                Deliveries.Enqueue(kept);
        }
        return Task.CompletedTask;
    }
}
