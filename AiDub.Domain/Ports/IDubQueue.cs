namespace AiDub.Domain.Ports;

/// <summary>Holds the jobs by which workers make dubs; in what order they are taken is decided by <see cref="IDubTurns"/>.</summary>
public interface IDubQueue
{
    /// <summary>Makes a job for a dub. Nobody takes it before it is offered: see <see cref="IDubTurns.OfferNewAsync"/>.</summary>
    /// <param name="requestId">The dub.</param>
    /// <param name="likeJob">An earlier job for the same workers, of this dub or of one that goes with it; one that is null or forgotten
    /// says nothing.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<QueuedJob> EnqueueAsync(Guid requestId, string? likeJob, CancellationToken ct);

    /// <summary>Gives up a job that no worker will take; to its dub nothing happens.</summary>
    Task DropAsync(string jobId, CancellationToken ct);
}

/// <summary>A job of the queue.</summary>
/// <param name="Id">The queue's id of it.</param>
/// <param name="Queue">The name of the queue that it is in: workers take dubs from the queues that they name.</param>
public sealed record QueuedJob(string Id, string Queue);
