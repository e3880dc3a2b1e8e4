namespace AiDub.Domain.Ports;

/// <summary>Hands dubs to workers, at least once each.</summary>
public interface IDubQueue
{
    /// <summary>Queues a dub and returns the job's id.</summary>
    Task<string> EnqueueAsync(Guid requestId, CancellationToken ct);

    /// <summary>Whether the queue still knows a job as waiting or running.</summary>
    Task<bool> HoldsAsync(string jobId, CancellationToken ct);
}
