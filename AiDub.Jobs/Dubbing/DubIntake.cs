using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Dubbing;

/// <summary>Takes dubs in: first the record, then the job.</summary>
public sealed class DubIntake(IProgressStore progress, IDubQueue queue, TimeProvider clock, ILogger<DubIntake> log)
{
    /// <summary>Writes the progress document of an order and queues its job.</summary>
    public async Task AcceptAsync(DubOrder order, CancellationToken ct)
    {
        await progress.AddAsync(DubProgress.Accept(order, clock.GetUtcNow()), ct);
        // Accepted is accepted, even when the client has gone by now.
        await QueueAsync(order.RequestId, CancellationToken.None);
    }

    /// <summary>Queues the job of a dub that has a progress document.</summary>
    /// <remarks>A queue that fails does not lose the dub: the sweeper finds its document.</remarks>
    public async Task QueueAsync(Guid requestId, CancellationToken ct)
    {
        try
        {
            var jobId = await queue.EnqueueAsync(requestId, ct);
            await progress.SetJobAsync(requestId, jobId, clock.GetUtcNow(), ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "Dub {RequestId} could not be queued; the sweeper will.", requestId);
        }
    }
}
