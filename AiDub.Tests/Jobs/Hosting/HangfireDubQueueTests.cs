using AiDub.Jobs.Hosting;
using AiDub.Jobs.Queueing;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Hosting;

[TestFixture]
public sealed class HangfireDubQueueTests
{
    [Test]
    public async Task A_dub_that_another_process_queues_again_goes_to_the_workers_that_it_was_submitted_to()
    {
        // The queue logs through whatever host was there last, which may be gone.
        LogProvider.SetCurrentLogProvider(null);
        using var storage = new InMemoryStorage();
        var submitter = Queue(storage, "gpu");
        var sweeper = Queue(storage, "default");
        var dub = Guid.NewGuid();

        var submitted = await submitter.EnqueueAsync(dub, null, default);
        var again = await sweeper.EnqueueAsync(dub, submitted.Id, default);
        var forgotten = await sweeper.EnqueueAsync(dub, Guid.NewGuid().ToString(), default);

        Assert.That((again.Queue, QueueOf(storage, again.Id)), Is.EqualTo(("gpu", "gpu")));
        Assert.That((forgotten.Queue, QueueOf(storage, forgotten.Id)), Is.EqualTo(("default", "default")));
    }

    private static HangfireDubQueue Queue(JobStorage storage, string name) =>
        new(new BackgroundJobClient(storage), storage, Options.Create(new WorkerOptions { SubmitQueue = name }));

    private static string QueueOf(JobStorage storage, string job)
    {
        using var connection = storage.GetConnection();
        return connection.GetJobData(job).Job.Queue;
    }
}
