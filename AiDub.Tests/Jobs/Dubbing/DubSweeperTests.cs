using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Dubbing;

public sealed class DubSweeperTests
{
    private JobBench _bench = null!;
    private TestClock _clock = null!;
    private DubSweeper _sweeper = null!;

    [SetUp]
    public void Open()
    {
        _bench = new JobBench();
        _clock = new TestClock();
        var intake = new DubIntake(_bench.Progress, _bench.Queue, _clock, NullLogger<DubIntake>.Instance);
        _sweeper = new DubSweeper(
            _bench.Progress, _bench.Queue, intake, _bench.Batches, _bench.Remains, _bench.Retention(_clock), Options.Create(_bench.Options), _clock, NullLogger<DubSweeper>.Instance);
    }

    [TearDown]
    public void Close()
    {
        _sweeper.Dispose();
        _bench.Dispose();
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
    public async Task A_dub_whose_queue_entry_was_lost_is_queued_again()
    {
        var id = await AddAsync(jobId: "gone");

        await SweepAfterAsync(31);

        Assert.That(_bench.Queue.Enqueued, Is.EqualTo(new[] { id }));
        Assert.That((await _bench.Progress.FindAsync(id, default))!.JobId, Is.EqualTo("job-1"));
    }

    [Test]
    public async Task A_dub_that_waits_its_turn_in_the_queue_is_left_alone_but_not_for_ever()
    {
        await AddAsync(jobId: "waiting");
        _bench.Queue.Holds.Add("waiting");

        await SweepAfterAsync(60);
        Assert.That(_bench.Queue.Enqueued, Is.Empty);
        await SweepAfterAsync(300);
        Assert.That(_bench.Queue.Enqueued, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_dub_that_could_not_be_queued_at_submit_is_queued_by_the_sweep()
    {
        _bench.Queue.IsDown = true;
        await new DubIntake(_bench.Progress, _bench.Queue, _clock, NullLogger<DubIntake>.Instance).AcceptAsync([_bench.Order], default);
        _bench.Queue.IsDown = false;

        await SweepAfterAsync(31);

        Assert.That(_bench.Queue.Enqueued, Is.EqualTo(new[] { _bench.Order.RequestId }));
    }

    [Test]
    public async Task After_a_restart_every_unfinished_dub_is_free_and_queued_at_once()
    {
        var ids = new HashSet<Guid>();
        for (var i = 0; i < 450; i++)
            ids.Add(await AddAsync());
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
            await _bench.Progress.SetJobAsync(dub.RequestId, jobId, _clock.GetUtcNow(), default);
        return dub.RequestId;
    }
}
