using AiDub.Domain.Callbacks;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Attempts;

namespace AiDub.Jobs.Dubbing.Publishing;

/// <summary>Sees to it that whoever is to be told of a dub's end will be.</summary>
public sealed class DubCallbacks(ICallbackOutbox outbox, TimeProvider clock)
{
    /// <summary>
    /// Written before the dub ends, so that no end goes without its callback; if the attempt dies in between, its callback is never sent.
    /// </summary>
    public Task PrepareAsync(DubContext context, CancellationToken ct) => context.Order.Callback is null
        ? Task.CompletedTask
        : outbox.AddAsync(CallbackDelivery.Prepare(context.Order, context.Claimed.Attempt, clock.GetUtcNow()), ct);
}
