using System.Collections.Concurrent;
using System.Diagnostics;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Tests.Jobs.Dubbing;
using AiDub.Tests.Jobs.Storage;
using AiDub.Tests.StandIns;
using Hangfire;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Tests.Jobs.Hosting;

/// <summary>The queue on MongoDB, through its driver, with real workers.</summary>
[NonParallelizable] // Its queue is configured for the whole process.
public sealed class MongoQueueTests
{
    private static readonly (string, string) NoWorkers = ("Workers:Enabled", "false");

    private MongoTestDatabase _database = null!;
    private TestData _data = null!;
    private JobBench _bench = null!;

    private IMongoCollection<BsonDocument> Jobs => _database.Database.GetCollection<BsonDocument>("hangfire.jobGraph");

    [SetUp]
    public async Task Open()
    {
        _database = (await MongoServer.SharedAsync()).NewDatabase();
        _data = new TestData();
        _bench = new JobBench();
    }

    [TearDown]
    public async Task Close()
    {
        await _database.DisposeAsync();
        _data.Dispose();
        _bench.Dispose();
    }

    [Test]
    public async Task A_new_dub_is_begun_within_a_second_and_brought_to_its_end()
    {
        await using var worker = await StartAsync(_bench.Steps());
        await worker.UntilAsync(await worker.SubmitAsync(), dub => dub.State == DubState.Complete);

        await Quick.AssertOnceWithinAsync(TimeSpan.FromSeconds(1), async () =>
        {
            var id = Guid.Empty;
            var begun = await Quick.TimeAsync(async () =>
            {
                id = await worker.SubmitAsync();
                await worker.UntilAsync(id, dub => dub.Attempt == 1);
            });
            var done = await worker.UntilAsync(id, dub => dub.State == DubState.Complete);
            Assert.That((done.Attempt, done.Faults), Is.EqualTo((1, 0)));
            return begun;
        });
    }

    [Test]
    public async Task A_dub_that_met_a_fault_is_tried_again()
    {
        var faults = 0;
        await using var worker = await StartAsync(_bench.Steps((step, _, _) =>
            step == "speak" && Interlocked.Increment(ref faults) == 1
                ? throw new TransientDubException("The engine is down.")
                : Task.CompletedTask));

        var done = await worker.UntilAsync(await worker.SubmitAsync(), dub => dub.State != DubState.Running);

        Assert.That((done.State, done.Attempt, done.Faults), Is.EqualTo((DubState.Complete, 2, 0)));
        Assert.That(_bench.Ran, Is.EqualTo(["transcribe", "translate", "speak", "speak", "render"]));
    }

    [Test]
    public async Task A_dub_that_cannot_be_made_fails_and_is_not_tried_again()
    {
        await using var worker = await StartAsync(
            _bench.Steps((_, _, _) => throw new PermanentDubException(FailureCode.MediaInvalid, "It is not a video.")));

        var id = await worker.SubmitAsync();
        var failed = await worker.UntilAsync(id, dub => dub.State == DubState.Failed && dub.JobId is not null);
        await UntilAsync(() => worker.StateOf(failed.JobId!) == "Succeeded");

        Assert.That((failed.ExceptionCode?.Value, _bench.Ran), Is.EqualTo(("media_invalid", new[] { "transcribe" })));
    }

    [Test]
    public async Task A_dub_whose_worker_is_stopped_goes_on_at_once_in_another()
    {
        var reached = new TaskCompletionSource();
        await using var first = await StartAsync(_bench.Steps((step, _, ct) =>
        {
            if (step != "translate")
                return Task.CompletedTask;
            reached.TrySetResult();
            return Task.Delay(Timeout.Infinite, ct);
        }));
        var id = await first.SubmitAsync();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await first.StopAsync();

        await using var second = await StartAsync(_bench.Steps());
        var done = await second.UntilAsync(id, dub => dub.State == DubState.Complete);

        Assert.That((done.Attempt, done.Faults), Is.EqualTo((2, 0)));
        Assert.That(_bench.Ran, Is.EqualTo(["transcribe", "translate", "translate", "speak", "render"]));
    }

    [Test]
    public async Task A_process_without_workers_queues_and_leaves_the_work_to_others()
    {
        await using var api = await StartAsync(_bench.Steps(), NoWorkers);
        var id = await api.SubmitAsync();
        var queued = await QueuedAsync(api, id);

        Assert.That(api.StateOf(queued.JobId!), Is.EqualTo("Enqueued"));
        Assert.That(api.Get<JobStorage>().GetMonitoringApi().Servers(), Is.Empty);

        await using var worker = await StartAsync(_bench.Steps());
        await worker.UntilAsync(id, dub => dub.State == DubState.Complete);
        await UntilAsync(() => api.StateOf(queued.JobId!) == "Succeeded");
    }

    [Test]
    public async Task A_dub_whose_job_the_queue_lost_gets_another()
    {
        (string, string)[] soon = [("Dubbing:LeaseSeconds", "5"), ("Dubbing:SweepSeconds", "1")];
        await using var api = await StartAsync(_bench.Steps(), [NoWorkers, .. soon]);
        var id = await api.SubmitAsync();
        await QueuedAsync(api, id);

        await Jobs.DeleteManyAsync(new BsonDocument("_t", "JobDto"));
        await using var worker = await StartAsync(_bench.Steps(), soon);
        var done = await worker.UntilAsync(id, dub => dub.State == DubState.Complete);

        Assert.That((done.Attempt, done.Faults), Is.EqualTo((1, 0)));
    }

    [TestCase(31, true)]
    [TestCase(10, false)]
    public async Task A_dub_whose_worker_died_before_it_began_is_taken_by_another_after_a_lease(int secondsAgo, bool taken)
    {
        await using var api = await StartAsync(_bench.Steps(), NoWorkers);
        var died = await api.SubmitAsync();
        var then = TimeProvider.System.GetUtcNow().AddSeconds(-secondsAgo);
        await api.Get<IDubTurns>()
            .OfferAsync(died, new QueuedJob((await QueuedAsync(api, died)).JobId!, "default"), then, then, default);
        await api.Get<IDubTurns>().TakeAsync(new TurnRequest(["default"], then, then.AddSeconds(30)), default);

        await using var worker = await StartAsync(_bench.Steps());
        await worker.UntilAsync(await worker.SubmitAsync(), dub => dub.State == DubState.Complete);
        if (taken)
            await worker.UntilAsync(died, dub => dub.State == DubState.Complete);

        Assert.That((await worker.Progress.FindAsync(died, default))!.Attempt, Is.EqualTo(taken ? 1 : 0));
    }

    [Test]
    public async Task Of_many_dubs_over_two_workers_none_is_left_and_none_done_twice()
    {
        var ran = new ConcurrentBag<Guid>();
        IDubStep[] Steps() => _bench.Steps((step, context, _) =>
        {
            if (step == "speak")
                ran.Add(context.RequestId);
            return Task.CompletedTask;
        });
        await using var first = await StartAsync(Steps(), ("Workers:Count", "4"));
        await using var second = await StartAsync(Steps(), ("Workers:Count", "4"));
        var watch = Stopwatch.StartNew();

        var ids = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(first.SubmitAsync)));
        foreach (var id in ids)
            await first.UntilAsync(id, dub => dub.State == DubState.Complete);

        TestContext.Out.WriteLine($"{ids.Length / watch.Elapsed.TotalSeconds:F0} dubs a second");
        Assert.That(ran, Is.EquivalentTo(ids));
    }

    private Task<MongoWorker> StartAsync(IEnumerable<IDubStep> steps, params (string, string)[] settings) =>
        MongoWorker.StartAsync(_database, _data, steps, settings);

    // A submission is answered before its dub is queued.
    private static Task<DubProgress> QueuedAsync(MongoWorker worker, Guid id) => worker.UntilAsync(id, dub => dub.JobId is not null);

    private static Task UntilAsync(Func<bool> happened) =>
        EndToEnd.DubServer.UntilAsync("the job has come to its end", () => Task.FromResult(happened()));
}
