using AiDub.Domain.Callbacks;

namespace AiDub.Domain.Ports;

/// <summary>The callbacks that are to be told, have been, or were given up. Every change is one atomic command.</summary>
public interface ICallbackOutbox
{
    /// <summary>Writes a prepared callback; one of the same dub and attempt is left as it is.</summary>
    Task AddAsync(CallbackDelivery delivery, CancellationToken ct);

    /// <summary>
    /// Claims the callback that has been due for longest: it is due again at <paramref name="until"/> unless it is saved before. Null when none is due.
    /// </summary>
    Task<CallbackDelivery?> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken ct);

    /// <summary>Writes what became of a claimed callback.</summary>
    /// <returns>False, with nothing written, when another has claimed it since, or it is gone.</returns>
    Task<bool> SaveAsync(CallbackDelivery next, CancellationToken ct);

    /// <summary>The callbacks of a dub, one an attempt that ended it, in their order.</summary>
    Task<IReadOnlyList<CallbackDelivery>> FindAsync(Guid requestId, CancellationToken ct);

    /// <summary>Removes the callback of one attempt of a dub; one that is not there is no error.</summary>
    Task RemoveAsync(Guid requestId, int attempt, CancellationToken ct);

    /// <summary>Removes all callbacks of a dub that is deleted.</summary>
    Task RemoveAllAsync(Guid requestId, CancellationToken ct);
}
