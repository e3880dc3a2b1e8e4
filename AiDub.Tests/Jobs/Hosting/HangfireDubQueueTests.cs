using AiDub.Jobs.Hosting;
using AiDub.Jobs.Queueing;
using Hangfire;
using Hangfire.Common;
using Hangfire.InMemory;
using Hangfire.Logging;
using Hangfire.States;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Hosting;

[TestFixture]
public sealed class HangfireDubQueueTests
{
    // The queue logs through whatever host was there last, which may be gone.
    [SetUp]
    public void LogNowhere() => LogProvider.SetCurrentLogProvider(null);

    [Test]
    public async Task A_dub_that_another_process_queues_again_goes_to_the_workers_that_it_was_submitted_to()
    {
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

    [Test]
    public async Task Who_gives_a_job_up_does_not_wait_on_his_own_thread_for_a_queue_that_blocks()
    {
        using var slow = new SlowQueue();
        using var storage = new InMemoryStorage();
        using var queue = new HangfireDubQueue(slow, storage, Options.Create(new WorkerOptions()));

        var dropping = queue.DropAsync("1", default);
        slow.Answer.Set();
        await dropping;

        Assert.That(slow.HasAnswered, Is.True);
    }

    private static HangfireDubQueue Queue(JobStorage storage, string name) =>
        new(new BackgroundJobClient(storage), storage, Options.Create(new WorkerOptions { SubmitQueue = name }));

    private static string QueueOf(JobStorage storage, string job)
    {
        using var connection = storage.GetConnection();
        return connection.GetJobData(job).Job.Queue;
    }

    /// <summary>Answers when it is told to; a caller who cannot tell it so, because it blocks him, gets no answer.</summary>
    private sealed class SlowQueue : IBackgroundJobClientV2, IDisposable
    {
        public ManualResetEventSlim Answer { get; } = new();

        public bool HasAnswered { get; private set; }

        public JobStorage Storage => throw new NotSupportedException();

        public string Create(Job job, IState state) => throw new NotSupportedException();

        public string Create(Job job, IState state, IDictionary<string, object> parameters) => throw new NotSupportedException();

        public bool ChangeState(string jobId, IState state, string expectedState) => HasAnswered = Answer.Wait(TimeSpan.FromSeconds(5));

        public void Dispose() => Answer.Dispose();
    }
}
