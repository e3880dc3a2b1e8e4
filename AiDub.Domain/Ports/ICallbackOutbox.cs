using AiDub.Domain.Callbacks;

namespace AiDub.Domain.Ports;

/// <summary>The callbacks that are to be told, have been, or were given up. Every change is one atomic command.</summary>
public interface ICallbackOutbox
{
    /// <summary>Writes a prepared callback; one of the same dub and attempt is left as it is.</summary>
    Task AddAsync(CallbackDelivery delivery, CancellationToken ct);

    /// <summary>
    /// Claims the callback that has been due for longest, those that were put off before a clock was put back among them: it is due again
    /// at <paramref name="until"/> unless it is saved before. Null when none is due.
    /// </summary>
    /// <param name="now">Now.</param>
    /// <param name="until">When another may claim it.</param>
    /// <param name="busy">Whose callbacks are left alone.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<CallbackDelivery?> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, BusyCallbacks busy, CancellationToken ct);

    /// <summary>Writes what became of a claimed callback.</summary>
    /// <returns>False, with nothing written, when another has claimed it since, or it is gone.</returns>
    Task<bool> SaveAsync(CallbackDelivery next, CancellationToken ct);

    /// <summary>The callbacks of a dub, one an attempt that ended it, in their order.</summary>
    Task<IReadOnlyList<CallbackDelivery>> FindAsync(Guid requestId, CancellationToken ct);

    /// <summary>Removes the callbacks that were told or given up and that were written before a time.</summary>
    /// <returns>How many they were.</returns>
    Task<int> RemoveEndedAsync(DateTimeOffset before, CancellationToken ct);

    /// <summary>Removes the callback of one attempt of a dub; one that is not there is no error.</summary>
    Task RemoveAsync(Guid requestId, int attempt, CancellationToken ct);

    /// <summary>Removes all callbacks of a dub that is deleted.</summary>
    Task RemoveAllAsync(Guid requestId, CancellationToken ct);
}

/// <summary>Who is being told of as much at once as may be.</summary>
/// <param name="Users">Users.</param>
/// <param name="Receivers">Receivers, as <see cref="CallbackDelivery.Receiver"/>.</param>
public sealed record BusyCallbacks(IReadOnlyCollection<long> Users, IReadOnlyCollection<string> Receivers)
{
    /// <summary>Nobody.</summary>
    public static BusyCallbacks None { get; } = new([], []);
}
