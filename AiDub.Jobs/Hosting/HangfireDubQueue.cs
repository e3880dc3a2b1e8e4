using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Queueing;
using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting;

/// <summary>Queues dubs as Hangfire jobs.</summary>
public sealed class HangfireDubQueue(IBackgroundJobClientV2 client, JobStorage storage, IOptions<WorkerOptions> options)
    : IDubQueue, IDisposable
{
    /// <summary>Why a job was deleted that a dub has no use for.</summary>
    internal const string Untaken = "No worker will take this job: its dub has another, or has ended.";

    // Hangfire blocks whoever asks it: no more threads than these.
    private readonly SemaphoreSlim _turns = new(4);

    /// <inheritdoc />
    public Task<QueuedJob> EnqueueAsync(Guid requestId, string? likeJob, CancellationToken ct) =>
        AskAsync(() => Enqueue(requestId, likeJob), ct);

    /// <inheritdoc />
    public Task DropAsync(string jobId, CancellationToken ct) =>
        AskAsync(() => client.ChangeState(jobId, new DeletedState { Reason = Untaken }, null), ct);

    /// <inheritdoc />
    public void Dispose() => _turns.Dispose();

    private async Task<T> AskAsync<T>(Func<T> ask, CancellationToken ct)
    {
        await _turns.WaitAsync(ct);
        try
        {
            return await Task.Run(ask, ct);
        }
        finally
        {
            _turns.Release();
        }
    }

    private QueuedJob Enqueue(Guid requestId, string? likeJob)
    {
        var queue = QueueOf(likeJob) ?? options.Value.SubmitQueue;
        return new QueuedJob(client.Enqueue<DubbingJob>(queue, job => job.RunAsync(requestId, CancellationToken.None)), queue);
    }

    private string? QueueOf(string? job)
    {
        if (job is null)
            return null;
        using var connection = storage.GetConnection();
        return connection.GetJobData(job)?.Job?.Queue;
    }
}
