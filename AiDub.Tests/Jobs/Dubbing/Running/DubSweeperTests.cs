using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Running;
using AiDub.Jobs.Leases;
using AiDub.Tests.StandIns;
using Microsoft.Extensions.Time.Testing;

namespace AiDub.Tests.Jobs.Dubbing.Running;

[TestFixture(false, TestName = "embedded")]
[TestFixture(true, TestName = "on MongoDB")]
internal sealed class DubSweeperTests(bool onMongo)
{
    private MongoTestDatabase? _database;
    private JobBench _bench = null!;
    private FakeTimeProvider _clock = null!;
    private DubSweeper _sweeper = null!;

    [SetUp]
    public async Task Open()
    {
        _database = onMongo ? (await MongoServer.SharedAsync()).NewDatabase() : null;
        if (_database is not null)
            await _database.Records.EnsureIndexesAsync(default);
        _bench = new JobBench(_database);
        _clock = Samples.Clock();
        _sweeper = _bench.Sweeper(_clock);
    }

    [TearDown]
    public async Task Close()
    {
        _sweeper.Dispose();
        _bench.Dispose();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    [Test]
    public async Task A_dub_whose_heartbeat_stopped_is_queued_again_once_a_lease()
    {
        var id = await AddAsync();
        await _bench.Progress.ClaimAsync(id, _clock.GetUtcNow(), default, default);

        await SweepAfterAsync(29);
        Assert.That(_bench.Queue.Enqueued, Is.Empty);
        await SweepAfterAsync(2);
        await SweepAfterAsync(10);
        Assert.That(_bench.Queue.Enqueued, Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task Time_in_which_no_heartbeat_could_be_written_is_held_against_no_attempt()
    {
        var id = await AddAsync();
        await _bench.Progress.ClaimAsync(id, _clock.GetUtcNow(), default, default);
        using var watch = _bench.NewWatch(_clock);
        using var sweeper = _bench.Sweeper(_clock, watch);
        watch.Report(new Outage(Dependency.Records));

        _clock.Advance(TimeSpan.FromMinutes(5));
        await sweeper.SweepAsync(default);

        Assert.That(_bench.Queue.Enqueued, Is.Empty);
    }

    [Test]
    public async Task A_dub_that_nobody_could_queue_before_the_clock_was_put_back_is_queued_at_the_next_look()
    {
        var dub = DubProgress.Accept(Samples.Order(Guid.NewGuid()), _clock.GetUtcNow().AddHours(1));
        await _bench.Progress.AddAsync(dub, default);

        await _sweeper.SweepAsync(default);

        Assert.That(_bench.Queue.Enqueued, Is.EqualTo(new[] { dub.RequestId }));
    }

    [Test]
    public async Task After_a_process_slept_who_lives_gets_the_time_to_say_so_and_who_does_not_is_found_dead()
    {
        var (living, dead) = (await AddAsync(), await AddAsync());
        var held = (await _bench.Progress.ClaimAsync(living, _clock.GetUtcNow(), default, default))!;
        await _bench.Progress.ClaimAsync(dead, _clock.GetUtcNow(), default, default);
        await _sweeper.LookAsync(default);
        _clock.Advance(TimeSpan.FromHours(1));

        var looking = _sweeper.LookAsync(default);
        await _bench.Progress.SaveAsync(held.Apply(new DubTransition.Advance(held.Stage, 1), _clock.GetUtcNow()), default);
        Assert.That(_bench.Queue.Enqueued, Is.Empty);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await looking;

        Assert.That(_bench.Queue.Enqueued, Is.EqualTo(new[] { dead }));
    }

    [Test]
    public async Task A_dub_whose_job_was_lost_is_queued_again_and_the_job_given_up()
    {
        var id = await AddAsync(jobId: "gone");
        await _bench.Turns.TakeAsync(new TurnRequest(["default"], _clock.GetUtcNow(), _clock.GetUtcNow().AddSeconds(30)), default);
        await _bench.Progress.ClaimAsync(id, _clock.GetUtcNow(), default, default);

        await SweepAfterAsync(31);

        Assert.That(_bench.Queue.Enqueued, Is.EqualTo(new[] { id }));
        Assert.That((await _bench.Progress.FindAsync(id, default))!.JobId, Is.EqualTo("job-1"));
        Assert.That(_bench.Queue.Dropped, Is.EqualTo(new[] { "gone" }));
    }

    [Test]
    public async Task A_thousand_dubs_that_wait_their_turn_are_left_alone_however_long_and_a_stale_one_is_found_behind_them()
    {
        for (var i = 0; i < 1000; i++)
            await AddAsync(jobId: $"waiting-{i}");
        var stale = await AddAsync();
        await _bench.Progress.ClaimAsync(stale, _clock.GetUtcNow(), default, default);

        for (var sweep = 0; sweep < 10; sweep++)
            await SweepAfterAsync(60);

        Assert.That(_bench.Queue.Enqueued, Is.EqualTo(new[] { stale }));
    }

    [Test]
    public async Task Stale_dubs_are_found_behind_any_number_that_wait_for_another_of_their_batch()
    {
        var leader = Samples.Order();
        var ids = Enumerable.Range(0, 450).Select(_ => Guid.NewGuid()).ToArray();
        var batch = new DubBatch(Guid.NewGuid(), [leader.RequestId, .. ids]);
        await _bench.Progress.AddAsync(DubProgress.Accept(leader with { Batch = batch }, _clock.GetUtcNow()), default);
        foreach (var id in ids)
            await _bench.Progress.AddAsync(DubProgress.Accept(Samples.Order(id) with { Batch = batch }, _clock.GetUtcNow()), default);
        await _bench.Turns.OfferAsync(
            leader.RequestId, new QueuedJob("waiting", "default"), _clock.GetUtcNow(), _clock.GetUtcNow(), default);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var stale = await AddAsync();

        await SweepAfterAsync(31);

        Assert.That(_bench.Queue.Enqueued, Is.EqualTo(new[] { stale }));
    }

    [Test]
    public async Task Of_sweepers_at_once_one_queues_each_dub()
    {
        for (var i = 0; i < 50; i++)
            await AddAsync();
        _clock.Advance(TimeSpan.FromSeconds(31));
        DubSweeper[] sweepers = [.. Enumerable.Range(0, 3).Select(_ => _bench.Sweeper(_clock))];

        await Task.WhenAll(sweepers.Select(sweeper => Task.Run(() => sweeper.SweepAsync(default))));

        Assert.That(_bench.Queue.Enqueued, Is.Unique.And.Exactly(50).Items);
        foreach (var sweeper in sweepers)
            sweeper.Dispose();
    }

    [Test]
    public async Task Of_three_processes_one_sweeps_and_another_once_it_is_not_heard_of_or_at_once_when_it_stops()
    {
        HousekeepingLease[] processes = [.. Enumerable.Range(0, 3).Select(_ => _bench.HousekeepingLease(_clock))];
        async Task<int> OursAsync()
        {
            var ours = new List<int>();
            for (var i = 0; i < processes.Length; i++)
            {
                if (await processes[i].IsOursAsync(default))
                    ours.Add(i);
            }
            return ours.Single();
        }

        Assert.That(await OursAsync(), Is.EqualTo(0));
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.That(await OursAsync(), Is.EqualTo(0));
        processes = processes[1..]; // The first is killed.
        Assert.That((await processes[0].IsOursAsync(default), await processes[1].IsOursAsync(default)), Is.EqualTo((false, false)));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That(await OursAsync(), Is.EqualTo(0));
        await processes[0].LeaveAsync(default);
        Assert.That(await processes[1].IsOursAsync(default), Is.True);
    }

    [Test]
    public async Task A_dub_that_could_not_be_queued_at_submit_is_queued_by_the_sweep()
    {
        _bench.Queue.IsDown = true;
        await _bench.NewIntake(_clock).AcceptAsync([_bench.Order], default);
        _bench.Queue.IsDown = false;

        await SweepAfterAsync(31);

        Assert.That(_bench.Queue.Enqueued, Is.EqualTo(new[] { _bench.Order.RequestId }));
    }

    [Test]
    public async Task A_dub_that_cannot_be_queued_again_keeps_the_job_that_it_has()
    {
        var dub = await AddAsync(jobId: "its job");
        await _bench.Progress.ClaimAsync(dub, _clock.GetUtcNow(), default, default);
        _bench.Queue.IsDown = true;

        await SweepAfterAsync(61);

        Assert.That(_bench.Queue.Dropped, Is.Empty);
        Assert.That((await _bench.Progress.FindAsync(dub, default))!.JobId, Is.EqualTo("its job"));
    }

    [Test]
    public async Task After_a_restart_every_unfinished_dub_is_free_and_queued_at_once()
    {
        var ids = new HashSet<Guid>();
        for (var i = 0; i < 450; i++)
            ids.Add(await AddAsync(jobId: i % 2 == 0 ? "of the last process" : null));
        foreach (var id in ids.Take(3))
            await _bench.Progress.ClaimAsync(id, _clock.GetUtcNow(), default, default);

        await _sweeper.ResumeAllAsync(default);

        Assert.That(_bench.Queue.Enqueued, Is.EquivalentTo(ids));
        Assert.That((await _bench.Progress.FindAsync(ids.First(), default))!.HeartbeatAt, Is.Null);
    }

    private async Task SweepAfterAsync(int seconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        await _sweeper.SweepAsync(default);
    }

    private async Task<Guid> AddAsync(string? jobId = null)
    {
        var dub = DubProgress.Accept(Samples.Order(), _clock.GetUtcNow());
        await _bench.Progress.AddAsync(dub, default);
        if (jobId is not null)
            await _bench.Turns.OfferAsync(dub.RequestId, new QueuedJob(jobId, "default"), _clock.GetUtcNow(), _clock.GetUtcNow(), default);
        return dub.RequestId;
    }
}
