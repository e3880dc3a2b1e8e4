using AiDub.Domain.Callbacks;
using AiDub.Domain.Ports;

namespace AiDub.Api.Callbacks;

/// <summary>The callbacks that this process is sending, and of whom there are as many as may be.</summary>
internal sealed class CallbackFlights(CallbackOptions options)
{
    private readonly List<(CallbackDelivery Delivery, Task Sending)> _flights = [];

    /// <summary>Whether another may begin, of whom it may.</summary>
    public bool HasRoom => _flights.Count < options.Concurrency;

    /// <summary>Whether none is on its way.</summary>
    public bool IsEmpty => _flights.Count == 0;

    /// <summary>Of whom none may begin.</summary>
    public BusyCallbacks Busy => new(
        [.. Full(flight => flight.UserId, options.ConcurrencyPerUser).Select(user => user!.Value)],
        [.. Full(flight => flight.Receiver, options.ConcurrencyPerReceiver).Select(receiver => receiver!)]);

    /// <summary>Begins one.</summary>
    public void Begin(CallbackDelivery delivery, Task sending) => _flights.Add((delivery, sending));

    /// <summary>Waits until one has ended, or a time has passed, and returns what those that failed threw.</summary>
    public async Task<IReadOnlyList<Exception>> EndedAsync(TimeSpan longest, TimeProvider clock, CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny([.. _flights.Select(flight => flight.Sending), Task.Delay(longest, clock, late.Token)]);
        await late.CancelAsync();
        ct.ThrowIfCancellationRequested();
        var failed = _flights.Select(flight => flight.Sending.Exception?.InnerException).OfType<Exception>().ToList();
        _flights.RemoveAll(flight => flight.Sending.IsCompleted);
        return failed;
    }

    private IEnumerable<TKey?> Full<TKey>(Func<CallbackDelivery, TKey?> of, int most) =>
        _flights.Select(flight => of(flight.Delivery))
            .Where(key => key is not null)
            .GroupBy(key => key)
            .Where(same => same.Count() >= most)
            .Select(same => same.Key);
}
