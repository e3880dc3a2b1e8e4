using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing;
using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting;

/// <summary>Queues dubs as Hangfire jobs.</summary>
public sealed class HangfireDubQueue(IBackgroundJobClientV2 client, JobStorage storage, IOptions<WorkerOptions> options) : IDubQueue
{
    private static readonly string[] Held = [EnqueuedState.StateName, ScheduledState.StateName, ProcessingState.StateName, AwaitingState.StateName];

    /// <inheritdoc />
    public Task<string> EnqueueAsync(Guid requestId, CancellationToken ct) => EnqueueAsync(requestId, null, ct);

    /// <inheritdoc />
    public Task<string> EnqueueAsync(Guid requestId, string? likeJob, CancellationToken ct)
    {
        var queue = QueueOf(likeJob) ?? options.Value.SubmitQueue;
        return Task.FromResult(client.Enqueue<DubbingJob>(queue, job => job.RunAsync(requestId, CancellationToken.None)));
    }

    private string? QueueOf(string? job)
    {
        if (job is null)
            return null;
        using var connection = storage.GetConnection();
        return connection.GetJobData(job)?.Job?.Queue;
    }

    /// <inheritdoc />
    public Task<bool> HoldsAsync(string jobId, CancellationToken ct)
    {
        using var connection = storage.GetConnection();
        return Task.FromResult(connection.GetStateData(jobId) is { } state && Held.Contains(state.Name));
    }
}
