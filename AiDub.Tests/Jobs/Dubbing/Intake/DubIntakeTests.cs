using System.Threading.Channels;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
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
    private static readonly TimeSpan Hurry = TimeSpan.FromSeconds(5);

    private JobBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new JobBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task Dubs_that_the_queue_gave_up_hold_up_no_later_submission()
    {
        var queue = new ScriptedQueue();
        var intake = With(queue, _bench.Turns);
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
    public async Task Jobs_that_could_not_be_given_up_hold_up_no_later_submission()
    {
        var queue = new ScriptedQueue
        {
            Answer = () => Task.FromResult(new QueuedJob("1", "default")),
            Drop = () => Task.FromException(new OperationCanceledException("It took too long.")),
        };
        var intake = With(queue, Port<IDubTurns>.Around(_bench.Turns, new Down()));
        for (var i = 0; i < 300; i++)
            await intake.AcceptAsync([Samples.Order(Guid.NewGuid())], default).WaitAsync(TimeSpan.FromMinutes(1));
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
        var (records, turns) = (new Limits(), new Limits());
        var intake = Noting(records, turns);

        HurriedCalls.Begin(Hurry);
        await intake.AcceptAsync([Samples.Order(Guid.NewGuid())], default);
        await turns.Called.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(records.Seen, Is.EqualTo(new TimeSpan?[] { Hurry }), "he waits for it");
        Assert.That(turns.Seen, Is.EqualTo(new TimeSpan?[] { null }), "nobody waits for it: given up, the dub would wait for the sweeper");
        Assert.That(HurriedCalls.Limit, Is.EqualTo(Hurry), "what else is done for him is in a hurry still");
    }

    [Test]
    public async Task So_is_who_retries_a_dub()
    {
        var (records, turns) = (new Limits(), new Limits());
        var order = Samples.Order(Guid.NewGuid());
        var now = TimeProvider.System.GetUtcNow();
        await _bench.Progress.AddAsync(DubProgress.Accept(order, now), default);
        var claimed = (await _bench.Progress.ClaimAsync(order.RequestId, now, default, default))!;
        await _bench.Progress.SaveAsync(
            claimed.Apply(new DubTransition.Fail(FailureCode.Of("x"), "X.", now.AddDays(9)) { KeptUntil = now.AddDays(1) }, now), default);
        var retries = new DubRetries(Port<IProgressStore>.Around(_bench.Progress, records), Noting(records, turns), TimeProvider.System);

        HurriedCalls.Begin(Hurry);
        Assert.That(await retries.RetryAsync(order.RequestId, null, default), Is.EqualTo(RetryOutcome.Retried));
        await turns.Called.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(records.Seen, Is.Not.Empty.And.All.EqualTo(Hurry));
        Assert.That(turns.Seen, Is.EqualTo(new TimeSpan?[] { null }));
    }

    [Test]
    public async Task Of_a_dub_that_the_sweeper_queued_while_the_queue_was_slow_one_job_is_left()
    {
        var slow = new TaskCompletionSource<QueuedJob>();
        var queue = new ScriptedQueue { Answer = () => slow.Task };
        var intake = With(queue, _bench.Turns);
        var order = Samples.Order(Guid.NewGuid());
        await intake.AcceptAsync([order], default);
        queue.Answer = () => Task.FromResult(new QueuedJob("sweeper's", "default"));
        await intake.QueueAgainAsync((await _bench.Progress.FindAsync(order.RequestId, default))!, null, default);

        slow.SetResult(new QueuedJob("late", "default"));

        Assert.That(await queue.Dropped.Reader.ReadAsync(), Is.EqualTo("late"));
        Assert.That((await _bench.Progress.FindAsync(order.RequestId, default))!.JobId, Is.EqualTo("sweeper's"));
    }

    [Test]
    public async Task A_job_that_could_not_be_offered_is_given_up()
    {
        var queue = new ScriptedQueue { Answer = () => Task.FromResult(new QueuedJob("1", "default")) };
        var intake = With(queue, Port<IDubTurns>.Around(_bench.Turns, new Down()));

        await intake.AcceptAsync([Samples.Order(Guid.NewGuid())], default);

        Assert.That(await queue.Dropped.Reader.ReadAsync(), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_job_whose_offer_took_effect_though_its_answer_was_lost_is_kept()
    {
        var order = Samples.Order(Guid.NewGuid());
        await _bench.Progress.AddAsync(DubProgress.Accept(order, TimeProvider.System.GetUtcNow()), default);
        var queue = new ScriptedQueue { Answer = () => Task.FromResult(new QueuedJob("1", "default")) };
        var intake = With(queue, Port<IDubTurns>.Around(_bench.Turns, new Lost()));

        Assert.That(await intake.QueueAsync(order.RequestId, null, null, default), Is.True);

        Assert.That(queue.Dropped.Reader.TryRead(out _), Is.False);
        Assert.That((await _bench.Progress.FindAsync(order.RequestId, default))!.JobId, Is.EqualTo("1"));
    }

    private DubIntake With(IDubQueue queue, IDubTurns turns) => new(
        _bench.Progress, JobBench.Refused(_bench.Progress), queue, turns, new TurnSignal(), TimeProvider.System,
        NullLogger<DubIntake>.Instance);

    private DubIntake Noting(Limits records, Limits turns)
    {
        var progress = Port<IProgressStore>.Around(_bench.Progress, records);
        return new DubIntake(
            progress,
            JobBench.Refused(progress),
            new ScriptedQueue { Answer = () => Task.FromResult(new QueuedJob("1", "default")) },
            Port<IDubTurns>.Around(_bench.Turns, turns),
            new TurnSignal(),
            TimeProvider.System,
            NullLogger<DubIntake>.Instance);
    }

    /// <summary>Notes how long each call may take.</summary>
    private sealed class Limits : PortCalls
    {
        private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Done once there was a call.</summary>
        public Task Called => _called.Task;

        public List<TimeSpan?> Seen { get; } = [];

        public override Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken ct)
        {
            Seen.Add(HurriedCalls.Limit);
            _called.TrySetResult();
            return call(ct);
        }
    }

    private sealed class Down : PortCalls
    {
        public override Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken ct) =>
            Task.FromException<T>(new IOException("The store is away."));
    }

    private sealed class Lost : PortCalls
    {
        public override async Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken ct)
        {
            await call(ct);
            throw new IOException("The answer was lost.");
        }
    }

    private sealed class ScriptedQueue : IDubQueue
    {
        public Func<Task<QueuedJob>> Answer { get; set; } = null!;

        public Func<Task> Drop { get; set; } = () => Task.CompletedTask;

        public Channel<string> Dropped { get; } = Channel.CreateUnbounded<string>();

        public Task<QueuedJob> EnqueueAsync(Guid requestId, string? likeJob, CancellationToken ct) => Answer();

        public async Task DropAsync(string jobId, CancellationToken ct)
        {
            await Drop();
            await Dropped.Writer.WriteAsync(jobId, ct);
        }
    }
}
