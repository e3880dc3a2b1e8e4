using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Queueing;
using Hangfire;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting;

/// <summary>Queues dubs as Hangfire jobs.</summary>
public sealed class HangfireDubQueue(IBackgroundJobClientV2 client, JobStorage storage, IOptions<WorkerOptions> options) : IDubQueue
{
    /// <inheritdoc />
    public Task<QueuedJob> EnqueueAsync(Guid requestId, string? likeJob, CancellationToken ct)
    {
        var queue = QueueOf(likeJob) ?? options.Value.SubmitQueue;
        return Task.FromResult(
            new QueuedJob(client.Enqueue<DubbingJob>(queue, job => job.RunAsync(requestId, CancellationToken.None)), queue));
    }

    /// <inheritdoc />
    public Task DropAsync(string jobId, CancellationToken ct)
    {
        client.Delete(jobId);
        return Task.CompletedTask;
    }

    private string? QueueOf(string? job)
    {
        if (job is null)
            return null;
        using var connection = storage.GetConnection();
        return connection.GetJobData(job)?.Job?.Queue;
    }
}
