namespace AiDub.Domain.Ports;

/// <summary>Hands dubs to workers, at least once each.</summary>
public interface IDubQueue
{
    /// <summary>Queues a dub and returns the job's id.</summary>
    Task<string> EnqueueAsync(Guid requestId, CancellationToken ct);

    /// <summary>Queues a dub again, or one that goes with another, for the workers that an earlier job was for.</summary>
    /// <param name="requestId">The dub.</param>
    /// <param name="likeJob">The earlier job; one that is null or forgotten says nothing.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<string> EnqueueAsync(Guid requestId, string? likeJob, CancellationToken ct) => EnqueueAsync(requestId, ct);

    /// <summary>Whether the queue still knows a job as waiting or running.</summary>
    Task<bool> HoldsAsync(string jobId, CancellationToken ct);
}
