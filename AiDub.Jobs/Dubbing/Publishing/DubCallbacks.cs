using AiDub.Domain.Callbacks;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Attempts;

namespace AiDub.Jobs.Dubbing.Publishing;

/// <summary>Sees to it that whoever is to be told of a dub's end will be.</summary>
public sealed class DubCallbacks(ICallbackOutbox outbox, TimeProvider clock)
{
    /// <summary>
    /// Writes down, before an attempt ends its dub, that it is to be told: an attempt that is killed between the two leaves a callback that
    /// is never told, and none that ended its dub is without one.
    /// </summary>
    public Task PrepareAsync(DubContext context, CancellationToken ct) => context.Order.Callback is null
        ? Task.CompletedTask
        : outbox.AddAsync(CallbackDelivery.Prepare(context.Order, context.Claimed.Attempt, clock.GetUtcNow()), ct);
}
