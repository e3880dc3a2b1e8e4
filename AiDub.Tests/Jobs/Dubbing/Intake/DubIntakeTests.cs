using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Queueing;
using AiDub.Tests.Api.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Intake;

/// <summary>A submission is answered once it is recorded; its dub is queued afterwards.</summary>
public sealed class DubIntakeTests
{
    private JobBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new JobBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task Dubs_that_the_queue_gave_up_hold_up_no_later_submission()
    {
        var queue = new ScriptedQueue();
        var intake = new DubIntake(
            _bench.Progress, JobBench.Refused(_bench.Progress), queue, _bench.Turns, new TurnSignal(), TimeProvider.System,
            NullLogger<DubIntake>.Instance);
        queue.Answer = () => Task.FromException<QueuedJob>(new OperationCanceledException("It took too long."));
        // More than may be behind before a submission waits for its turn.
        for (var i = 0; i < 300; i++)
            await intake.AcceptAsync([Samples.Order(Guid.NewGuid())], default);

        queue.Answer = () => new TaskCompletionSource<QueuedJob>().Task;
        var order = Samples.Order(Guid.NewGuid());
        await intake.AcceptAsync([order], default).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(await _bench.Progress.FindAsync(order.RequestId, default), Is.Not.Null);
    }

    [Test]
    public async Task Who_submits_while_very_many_wait_to_be_queued_waits_for_room_and_not_for_his_own_turn()
    {
        var queued = new Queue<TaskCompletionSource<QueuedJob>>();
        var queue = new ScriptedQueue
        {
            Answer = () =>
            {
                queued.Enqueue(new TaskCompletionSource<QueuedJob>());
                return queued.Last().Task;
            },
        };
        // In memory: whoever does not wait for the queue is done at once.
        var records = new InMemoryProgressStore();
        var intake = new DubIntake(
            records, JobBench.Refused(records), queue, records, new TurnSignal(), TimeProvider.System, NullLogger<DubIntake>.Instance);
        Task last;
        for (last = Task.CompletedTask; last.IsCompleted && queued.Count < 10_000; last = Submit())
            await last;
        Assert.That(last.IsCompleted, Is.False, "there is no room for any number");

        queued.Dequeue().SetResult(new QueuedJob("1", "default"));

        await last.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.That(queued.Last().Task.IsCompleted, Is.False);

        Task Submit() => intake.AcceptAsync([Samples.Order(Guid.NewGuid())], default);
    }

    [Test]
    public async Task Who_submits_is_answered_soon_and_the_queue_takes_as_long_as_it_takes()
    {
        var (records, turns, offered) = (new Limits(), new Limits(), new TaskCompletionSource());
        var queue = new ScriptedQueue { Answer = () => Task.FromResult(new QueuedJob("1", "default")) };
        turns.Called = () => offered.TrySetResult();
        var progress = Port<IProgressStore>.Around(_bench.Progress, records);
        var intake = new DubIntake(
            progress, JobBench.Refused(progress), queue, Port<IDubTurns>.Around(_bench.Turns, turns), new TurnSignal(),
            TimeProvider.System, NullLogger<DubIntake>.Instance);

        var limit = TimeSpan.FromSeconds(5);
        HurriedCalls.Begin(limit);
        await intake.AcceptAsync([Samples.Order(Guid.NewGuid())], default);
        await offered.Task.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(records.Seen, Is.EqualTo(new TimeSpan?[] { limit }), "he waits for it");
        Assert.That(turns.Seen, Is.EqualTo(new TimeSpan?[] { null }), "nobody waits for it: given up, the dub would wait for the sweeper");
        Assert.That(HurriedCalls.Limit, Is.EqualTo(limit), "what else is done for him is in a hurry still");
    }

    /// <summary>Notes how long each call may take.</summary>
    private sealed class Limits : PortCalls
    {
        public Action Called { get; set; } = () => { };

        public List<TimeSpan?> Seen { get; } = [];

        public override Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken ct)
        {
            Seen.Add(HurriedCalls.Limit);
            Called();
            return call(ct);
        }
    }

    private sealed class ScriptedQueue : IDubQueue
    {
        public Func<Task<QueuedJob>> Answer { get; set; } = null!;

        public Task<QueuedJob> EnqueueAsync(Guid requestId, string? likeJob, CancellationToken ct) => Answer();

        public Task DropAsync(string jobId, CancellationToken ct) => Task.CompletedTask;
    }
}
